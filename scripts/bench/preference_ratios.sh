#!/usr/bin/env bash
# What preference optimisation costs beside supervised fine-tuning on as many tokens at once: its time with the reference cached and with
# adapters that take turns, by CPU time on one thread, and the most memory of each way in a JVM of its own. About five minutes on two
# cores.
#
#     scripts/bench/preference_ratios.sh [TURNS]     default 9
set -euo pipefail

turns=${1:-9}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
javac -cp "$class_path" -d "$work/classes" "$root"/scripts/bench/{RandomModel,PreferenceRatios}.java
# As scripts/pipeline sets them.
export OMP_WAIT_POLICY=PASSIVE GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824

run() {
  # The heap is there from the start, so that only the engine's memory can differ.
  java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:+UseSerialGC -Xlog:disable -cp "$class_path" "dev.pipeline.train.$1" "${@:2}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}
# FOLDER ARCHITECTURE HIDDEN LAYERS FEED_FORWARD KEY_VALUE_HEADS VOCABULARY
run RandomModel "$work/model" LlamaForCausalLM 768 6 2304 6 16384
run PreferenceRatios time "$work/model" 512 "$turns"
for way in sft cached switched; do
  run PreferenceRatios "$way" "$work/model" 512 4
done
