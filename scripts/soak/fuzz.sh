#!/usr/bin/env bash
# Feeds damaged weights, tokenizers and chat templates to the program, in child JVMs of 256 MB.
#
#   scripts/soak/fuzz.sh [SEED] [WEIGHTS] [CHAT]      defaults: 1, 100000, 10000
#
# Safetensors and GGUF get WEIGHTS inputs each, tokenizer.json and chat templates CHAT each. Every
# one must end in a clean refusal or in success: no other exception, no crash, no hang, no file left
# over, no allocation that the file does not account for. Findings are kept and make it exit 1; one
# can be repeated with FuzzMain KIND SEED INDEX 1 FOLDER. About ten minutes.
set -euo pipefail

seed=${1:-1}
weights=${2:-100000}
chat=${3:-10000}
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d)
cd "$root"
mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" -pl pipeline
classpath=pipeline/target/classes:pipeline/target/test-classes:$(cat "$work/classpath")
cd pipeline
classpath=${classpath//pipeline\/target/target}

status=0
campaign() {
  local kind=$1 count=$2
  if ! timeout 3600 java -Xmx256m -XX:+ExitOnOutOfMemoryError -XX:-CreateCoredumpOnCrash \
    -XX:ErrorFile="$work/crash-$kind.log" -cp "$classpath" dev.pipeline.fuzz.FuzzMain \
    "$kind" "$seed" 0 "$count" "$work/$kind" 2>"$work/$kind.log"; then
    echo "$kind: FAILED, see $work/$kind.log and $work/$kind" >&2
    status=1
  fi
}

campaign safetensors "$weights"
campaign gguf "$weights"
campaign tokenizer "$chat"
campaign template "$chat"
((status == 0)) && rm -rf "$work"
exit $status
