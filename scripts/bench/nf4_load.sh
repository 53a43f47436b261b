#!/usr/bin/env bash
# What loading a base of 0.9 GB takes in memory, quantised to four bits while it loads and as it is, in a JVM of its own each.
#
#     scripts/bench/nf4_load.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
class_path="$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

run() {
  java -Xmx256m -XX:+UseSerialGC -cp "$class_path" "$root/scripts/bench/Nf4Load.java" "$@"
}
run write "$work"
run load "$work" NF4
run load "$work" COMPUTED
