#!/usr/bin/env bash
# Makes the golden files of the quantiser's tests; see README.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile="$work/classpath"
java -cp "pipeline/target/test-classes:pipeline/target/classes:$(cat "$work/classpath")" \
  dev.pipeline.export.OracleCase "$work"

npm install --silent --no-audit --no-fund --prefix "$work/npm" @node-llama-cpp/linux-x64@3.22.1
python3 "$here/oracle.py" "$work/npm/node_modules/@node-llama-cpp/linux-x64/bins/linux-x64" \
  "$work" "$root/pipeline/src/test/resources/golden/quantise"
