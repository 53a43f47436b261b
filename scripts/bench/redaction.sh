#!/usr/bin/env bash
# Megabytes a second of the redactor on one thread, in CPU time: finding, numbering and replacing, one session a conversation, as
# curate does.
#
#     scripts/bench/redaction.sh [CONVERSATIONS] [ROUNDS]      defaults: 5000, 15
#
# "raw": the conversations in datasets/raw, message by message; "dense": CONVERSATIONS put together from their sentences, names of
# other conversations among them; "letters": messages of the grammars in datasets/pretraining, business letters with few
# identifiers. Median, lowest and highest of the rounds, 10 MB of text each, after as many to warm up: the texts are repeated, so
# the caches are warmer than in a first run over as many different ones.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[[ -f $root/pipeline/target/pipeline.jar ]] || "$root/scripts/pipeline" --version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
mkdir "$work/classes"
javac -cp "$class_path" -d "$work/classes" "$root/scripts/bench/RedactionSpeed.java" \
  "$root/pipeline/src/test/java/dev/pipeline/data/GeneratedConversations.java"
java -Xbatch -XX:+UseSerialGC -Xmx1g -cp "$class_path" dev.pipeline.data.RedactionSpeed "$root" "$work/made.jsonl" \
  "${1:-5000}" "${2:-15}"
