#!/usr/bin/env bash
# Makes the golden fixture of AdapterParityTest: an adapter that pipeline trained on artifacts/base,
# and the logits of transformers and PEFT with it. PYTHON is an interpreter with requirements.txt.
#
#     PYTHON=venv/bin/python scripts/peers/adapter_logits.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
golden=$root/pipeline/src/test/resources/golden/adapter
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Rank 4 keeps the fixture small; the high rate makes it change the logits enough to compare.
"$root/scripts/pipeline" run sft --config "$root/configs/smoke" \
  "output_dir=$work/artifacts" "dataset_dir=$work/datasets" lora_r=4 learning_rate=5e-3
adapter=$(dirname "$(find "$work/artifacts" -path '*/sft/adapter_model.safetensors')")
"${PYTHON:-python3}" "$root/scripts/peers/adapter_logits.py" \
  "$root/artifacts/base" "$adapter" "$work/peft_logits.safetensors"

mkdir -p "$golden"
cp "$adapter/adapter_config.json" "$adapter/adapter_model.safetensors" \
  "$work/peft_logits.safetensors" "$golden/"
ls -l "$golden"
