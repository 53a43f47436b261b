#!/usr/bin/env bash
# Shows that the gate stops what it is for: the base itself, the released file with a chat template that lost its generation prompt, and
# a model trained on data that were not redacted. The first two want a judged run of the demo (scripts/pipeline run dpo, or sft), the last
# trains one: about ten minutes on two cores. Fails when the gate lets one of them pass.
#
#     scripts/bench/gate_cases.sh
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root" || exit 3
work=$(mktemp -d "$root/artifacts/gate-cases.XXXXXX")
trap 'rm -rf "$work"' EXIT
passed=0

stopped() { # CASE STATUS LOG
  echo "== $1: exit code $2"
  grep -E '^FAIL|^evaluate .*gate|^error' "$3"
  [[ $2 -eq 1 ]] || { echo "the gate did not stop it"; tail -5 "$3"; passed=1; }
}

tuned() { # CASE OVERRIDE...
  scripts/pipeline run sft "output_dir=$work/artifacts" "dataset_dir=$work/datasets" "${@:2}" >"$work/tuned.log" 2>&1
  stopped "$1" $? "$work/tuned.log"
}

scripts/pipeline gate --base >"$work/base.log" 2>&1
stopped "the base" $? "$work/base.log"
# The same length, so that the rest of the file stays where its header says.
LC_ALL=C sed 's/if add_generation_prompt/if add_generation_promqt/' artifacts/demo-joshi/models/demo-joshi.gguf >"$work/broken.gguf"
cmp -s artifacts/demo-joshi/models/demo-joshi.gguf "$work/broken.gguf" && { echo "the template was not broken"; exit 3; }
scripts/pipeline gate --gguf "$work/broken.gguf" >"$work/broken.log" 2>&1
stopped "a broken chat template in the served file" $? "$work/broken.log"
tuned "trained on data that were not redacted" model_name=unredacted curate.redact=false
exit $passed
