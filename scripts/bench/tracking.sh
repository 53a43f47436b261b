#!/usr/bin/env bash
# What sending a training's metrics live costs the training: blocks of steps with and without it take turns in one training, by CPU
# time and by the clock, median of the pairs' ratios. The server is the tests' own, in another process. About four minutes.
#
#     scripts/bench/tracking.sh [PAIRS] [STEPS] [SECONDS]     default 9 pairs of blocks of 60 steps, a look every second
set -euo pipefail

pairs=${1:-9} steps=${2:-60} interval=${3:-1}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'exec 3>&-; rm -rf "$work"' EXIT
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
fake=$root/pipeline/src/test/java/dev/pipeline/track/wandb
javac -cp "$class_path" -d "$work/classes" "$root"/scripts/bench/{RandomModel,TrackingCost,TrackingServer}.java \
  "$fake"/{FakeWeightsAndBiases,FakeWandbRuns}.java
# As scripts/pipeline sets them.
export OMP_WAIT_POLICY=PASSIVE GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0:glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824
# The only key that the tests' server knows.
export WANDB_API_KEY=5e7a0c1d9b3f48260a1b2c3d4e5f60718293a4b5

mkfifo "$work/alive"
java -Xmx64m -XX:+UseSerialGC -cp "$class_path" dev.pipeline.track.wandb.TrackingServer <"$work/alive" >"$work/address" 2>"$work/server.log" &
exec 3>"$work/alive"
until [[ -s $work/address ]]; do sleep 0.1; done
run() {
  java -Xmx512m -XX:+UseSerialGC -Xlog:disable -cp "$class_path" "dev.pipeline.$1" "${@:2}" 2>"$work/log" || { cat "$work/log" >&2; exit 1; }
}
run train.RandomModel "$work/small" LlamaForCausalLM 256 4 768 4 4096
run track.wandb.TrackingCost "$work/small" "$work/run" "$(cat "$work/address")" "$pairs" "$steps" "$interval"
