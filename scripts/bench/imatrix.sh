#!/usr/bin/env bash
# What each quantisation of the demo's model costs, with and without an importance matrix.
#
#     scripts/bench/imatrix.sh
#
# Needs a finished `scripts/pipeline run sft`, whose released F16 file and dataset it takes.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
models=artifacts/demo-joshi/models
[[ -f $models/demo-joshi-F16.gguf ]] || scripts/pipeline run sft

echo "fine-tuned:"
scripts/pipeline inspect quantisations
echo
echo "fine-tuned, Q4_K_M by the tokens that the matrix is computed on:"
for tokens in 16384 32768 65536 131072; do
  echo -n "$tokens tokens, "
  scripts/pipeline inspect quantisations --types Q4_K_M --set "package.imatrix_tokens=$tokens" | grep "importance matrix .* KLD"
done
