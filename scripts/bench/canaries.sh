#!/usr/bin/env bash
# Plants the secrets of datasets/canaries among the shipped conversations, trains the demo on them, once as data are always curated and
# once without redaction and deduplication, and prints how exposed each secret is in the quantised file. About twenty minutes on two
# cores; what is done already is not done again.
#
#     scripts/bench/canaries.sh [FOLDER]     default artifacts/canaries
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
folder=${1:-artifacts/canaries}
mkdir -p "$folder/raw"
cp datasets/raw/*.jsonl datasets/canaries/raw/*.jsonl "$folder/raw"
scripts/pipeline --version
mkdir -p "$folder/classes"
class_path="$folder/classes:pipeline/target/pipeline.jar:pipeline/target/lib/*"
javac -cp "$class_path" -d "$folder/classes" scripts/bench/CanaryRun.java

# Only the secrets are looked at: one row and one item of the other suites.
evaluate() {
  local name=$1 canaries=$2
  shift 2
  scripts/pipeline run evaluate model.model_name="canaries-$name" model.output_dir="$folder" model.dataset_dir="$folder/datasets" \
    mine.raw="$folder/raw" evaluate.canaries="datasets/canaries/$canaries.jsonl" evaluate.gate=configs/gate-canaries.yaml \
    evaluate.max_rows=1 evaluate.suite_items=1 "$@" | tee "$folder/$name-$canaries.log" >&2
  report=$(grep -o '[^ ]*/report.html' "$folder/$name-$canaries.log" | tail -1)
  mkdir -p "$folder/$name-$canaries"
  cp "$(dirname "$report")"/{evaluation.json,answers.jsonl,suites.jsonl,report.html} "$folder/$name-$canaries"
}

both() {
  local name=$1
  shift
  for canaries in canaries uncaught; do
    evaluate "$name" "$canaries" "$@"
  done
}

both control curate.redact=false curate.deduplicate=false
both curated
echo "| data | secrets | base | tuned (95 % interval) | unseen | verdict |"
echo "|---|---|---:|---:|---:|---|"
for name in curated control; do
  java -cp "$class_path" dev.pipeline.evaluate.report.CanaryRun "$name" "$folder/$name-canaries" "$folder/$name-uncaught"
done
