#!/usr/bin/env bash
# What packing, chunked loss, recomputing layers and four-bit weights cost or save: each against doing without, in turns in one
# process, by CPU time on one thread. About ten minutes on two cores.
#
#     scripts/bench/step_ratios.sh [PAIRS]     default 9
set -euo pipefail

pairs=${1:-9}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
javac -cp "$class_path" -d "$work/classes" "$root"/scripts/bench/{RandomModel,StepRatios,LossChunks}.java
# As scripts/pipeline sets them.
export OMP_WAIT_POLICY=PASSIVE GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824

run() {
  java -Xmx256m -XX:+UseSerialGC -Xlog:disable -cp "$class_path" "dev.pipeline.$1" "${@:2}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}
# FOLDER ARCHITECTURE HIDDEN LAYERS FEED_FORWARD KEY_VALUE_HEADS VOCABULARY
run train.RandomModel "$work/small" LlamaForCausalLM 512 4 1536 4 4096
run train.RandomModel "$work/wide" LlamaForCausalLM 1024 8 3072 8 4096
run train.RandomModel "$work/words" LlamaForCausalLM 256 1 768 2 100000
run train.StepRatios packing "$work/small" 512 "$pairs"
run model.LossChunks "$work/words" 4096 "$pairs"
run train.StepRatios checkpointing "$work/wide" 512 "$pairs"
run train.StepRatios qlora "$work/wide" 2048 "$pairs"
