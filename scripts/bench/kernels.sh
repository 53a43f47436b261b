#!/usr/bin/env bash
# What the inner loops cost on one thread: nanoseconds a weight, or a byte of text, by JMH (three JVMs each, fetched by Maven).
#
#     scripts/bench/kernels.sh [JMH OPTIONS]     in place of: -f 3 -wi 2 -w 1 -i 3 -r 1
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
for artifact in org.openjdk.jmh:jmh-core:1.37 org.openjdk.jmh:jmh-generator-annprocess:1.37 \
  net.sf.jopt-simple:jopt-simple:5.0.4 org.apache.commons:commons-math3:3.6.1; do
  mvn -q -B dependency:copy -Dartifact="$artifact" -DoutputDirectory="$work/jmh" -pl :pipeline-parent
done
class_path="$work/classes:pipeline/target/pipeline.jar:pipeline/target/lib/*:$work/jmh/*"
mkdir "$work/classes"
javac -cp "$class_path" -processor org.openjdk.jmh.generators.BenchmarkProcessor -d "$work/classes" \
  scripts/bench/Kernels.java scripts/bench/LlamaKernels.java
options=("$@")
[[ $# -gt 0 ]] || options=(-f 3 -wi 2 -w 1 -i 3 -r 1)
java -cp "$class_path" org.openjdk.jmh.Main -jvmArgs "-Xmx1g -XX:+UseSerialGC" "${options[@]}"
