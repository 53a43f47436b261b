#!/usr/bin/env bash
# Optimiser steps on random models, each in a JVM of its own, with their time and memory.
#
#     scripts/bench/step_memory.sh shapes     five shapes: the most they hold beside what `pipeline estimate` says of their parts
#     scripts/bench/step_memory.sh soak       2,000 steps: whether the process grows
#     scripts/bench/step_memory.sh billion    ten steps of LoRA and of QLoRA on a Llama of 1.1 billion parameters
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
javac -cp "$class_path" -d "$work/classes" "$root"/scripts/bench/{RandomModel,StepMemory}.java
# As scripts/pipeline sets them.
export OMP_WAIT_POLICY=PASSIVE GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824

run() {
  # The heap is there from the start, so that only the engine's memory can grow.
  java -Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:+UseSerialGC -Xlog:disable -cp "$class_path" "dev.pipeline.train.$1" "${@:2}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}
model() {
  run RandomModel "$work/$1" "${@:2}"
}
steps() {
  printf '%-50s ' "$*"
  run StepMemory "$work/$1" "${@:2}"
}

# model FOLDER ARCHITECTURE HIDDEN LAYERS FEED_FORWARD KEY_VALUE_HEADS VOCABULARY; steps FOLDER ROWS TOKENS STEPS THREADS [OPTIONS]
case ${1:-} in
  shapes)
    model llama LlamaForCausalLM 512 8 1536 4 8192
    model phi Phi3ForCausalLM 1024 6 3072 4 32000
    model wide LlamaForCausalLM 1024 12 2816 16 4096
    steps llama 4 512 3 2
    steps llama 4 512 3 2 checkpointing
    steps phi 2 512 3 2
    steps phi 2 1024 3 2 checkpointing nf4
    steps wide 1 1024 3 2
    ;;
  soak)
    model small LlamaForCausalLM 128 2 384 1 2048
    steps small 2 256 2000 1
    ;;
  billion)
    model billion LlamaForCausalLM 2048 16 8192 8 32000
    steps billion 1 256 10 2 checkpointing
    steps billion 1 256 10 2 checkpointing nf4
    ;;
  *)
    sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
