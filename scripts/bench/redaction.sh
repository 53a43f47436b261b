#!/usr/bin/env bash
# Megabytes a second of the redactor on one thread, in CPU time, on two kinds of text.
#
#     scripts/bench/redaction.sh [CONVERSATIONS] [ROUNDS]      defaults: 5000, 15
#
# "shipped": sentences of datasets/raw, of which every second message names somebody or something; "trade": messages of the
# grammars in datasets/pretraining, as trade letters are, with few identifiers. Median, lowest and highest of the rounds, after
# as many to warm up.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
mkdir "$work/classes"
javac -cp "$class_path" -d "$work/classes" "$root/scripts/bench/RedactionSpeed.java" \
  "$root/pipeline/src/test/java/dev/pipeline/data/GeneratedConversations.java"
java -XX:+UseSerialGC -Xmx1g -cp "$class_path" dev.pipeline.data.RedactionSpeed "$root" "$work/made.jsonl" \
  "${1:-5000}" "${2:-15}"
