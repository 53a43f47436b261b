#!/usr/bin/env bash
# What loading a base of 0.9 GB takes in memory, quantised to four bits while it loads and as it is, in a JVM of its own each.
#
#     scripts/bench/nf4_load.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
javac -cp "$class_path" -d "$work/classes" "$root"/scripts/bench/{RandomModel,Nf4Load}.java
# As scripts/pipeline sets them.
export GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824

run() {
  java -Xmx256m -XX:+UseSerialGC -cp "$class_path" "dev.pipeline.train.$1" "${@:2}"
}
run RandomModel "$work/model" Phi3ForCausalLM 2048 9 5632 8 8192
run Nf4Load "$work/model" NF4
run Nf4Load "$work/model" COMPUTED
