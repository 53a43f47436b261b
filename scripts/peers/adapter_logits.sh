#!/usr/bin/env bash
# Makes the golden fixtures of AdapterParityTest: adapters that pipeline trained on artifacts/base (LoRA; DoRA with rsLoRA's
# scale), one that PEFT wrote, and the logits of transformers and PEFT with each. PYTHON is an interpreter with requirements.txt.
#
#     PYTHON=venv/bin/python scripts/peers/adapter_logits.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
golden=$root/pipeline/src/test/resources/golden
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# keep NAME ADAPTER_FOLDER PROMPTS
keep() {
  mkdir -p "$golden/$1"
  "$python" "$root/scripts/peers/adapter_logits.py" "$root/artifacts/base" "$2" "$golden/$1/peft_logits.safetensors" "$3"
  cp "$2/adapter_config.json" "$2/adapter_model.safetensors" "$golden/$1/"
  ls -l "$golden/$1"
}

# train NAME PROMPTS SETTING...: the high rate makes an adapter change the logits enough to compare.
train() {
  "$root/scripts/pipeline" run sft --config "$root/configs/smoke" \
    "output_dir=$work/$1" "dataset_dir=$work/datasets" learning_rate=5e-3 "${@:3}"
  keep "$1" "$(dirname "$(find "$work/$1" -path '*/sft/adapter_model.safetensors')")" "$2"
}

# Low ranks and few modules keep the fixtures small.
train adapter 6 lora_r=4
train adapter-dora 1 lora_r=2 use_dora=true use_rslora=true 'lora_target_modules=[o_proj,down_proj]'
"$python" "$root/scripts/peers/peft_adapter.py" "$root/artifacts/base" "$work/peft"
keep adapter-peft "$work/peft" 1
