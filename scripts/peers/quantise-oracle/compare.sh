#!/usr/bin/env bash
# Compares the quantised files of a package with what llama.cpp makes of its F16 file.
# Usage: compare.sh PACKAGE_FOLDER MODEL_NAME
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --silent --no-audit --no-fund --prefix "$work/npm" @node-llama-cpp/linux-x64@3.22.1
python3 "$here/compare.py" "$work/npm/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64" \
  "$1/$2" "$work/oracle.gguf"
