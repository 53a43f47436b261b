#!/usr/bin/env bash
# Fetches a big file from a stand-in for a hub that loses the connection over and over, kills the
# fetch with -9 some times on the way, and asks for the right bytes in the end.
#
#   scripts/soak/fetch.sh [MEGABYTES] [DISCONNECTS] [SEED] [KILLS]      defaults: 2000, 50, 1, 3
#
# The stand-in is of test code (FakeHub): the model is gated, so that the token is needed; the file
# lies on another host, which refuses whoever shows it the token. Exits 1 when the hash is wrong,
# something half-written or left over lies about, or a rule of HTTP was broken. Twice the file's
# length of disk is not needed, its length is.
set -euo pipefail

megabytes=${1:-2000}
disconnects=${2:-50}
seed=${3:-1}
kills=${4:-3}
RANDOM=$seed
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d)
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

"$root/scripts/pipeline" --version >/dev/null
export PIPELINE_SKIP_BUILD=1
tests=$root/pipeline/src/test/java
javac -nowarn -d "$work/classes" -cp "$root/pipeline/target/lib/*" -sourcepath "$tests" "$tests/dev/pipeline/fetch/FakeHubMain.java"
mkfifo "$work/input"
: >"$work/server.log"
java -cp "$work/classes" dev.pipeline.fetch.FakeHubMain "$megabytes" "$disconnects" "$seed" \
  <"$work/input" >"$work/server.log" &
server=$!
exec 8>"$work/input"
until read -r endpoint token sha256 <"$work/server.log" && [[ -n $sha256 ]]; do
  kill -0 "$server"
  sleep 0.2
done
echo "$megabytes MB, $disconnects disconnects, seed $seed; sha256 $sha256"

fetch() {
  HF_TOKEN=$token exec "$root/scripts/pipeline" fetch soak/model --endpoint "$endpoint" --to "$work/model" \
    >>"$work/out" 2>>"$work/err"
}

killed=0
started=$(date +%s%N)
for ((strike = 0; strike < kills; strike++)); do
  fetch &
  client=$!
  sleep "$((RANDOM % 8 + 3)).$((RANDOM % 10))"
  if kill -9 "$client" 2>/dev/null; then
    killed=$((killed + 1))
    there=$(stat -c %b "$work"/model/model.safetensors.partial 2>/dev/null || echo 0)
    echo "killed with $((there * 512 / 1000000)) MB on the disk"
  fi
  wait "$client" 2>/dev/null || true
  if [[ -e $work/model/fetch.json ]]; then break; fi
  if [[ -e $work/model/model.safetensors ]]; then echo "published before it was finished?" >&2; fi
done
if ! (fetch); then
  tail -n 3 "$work/err" >&2
  exit 1
fi
took=$((($(date +%s%N) - started) / 1000000))
exec 8>&-
wait "$server" || true
server=
tail -n +2 "$work/server.log"

found=$(sha256sum "$work/model/model.safetensors" | cut -d' ' -f1)
left=$(find "$work/model" -name '*.partial*' | wc -l)
broken=$(sed -n 's/.*, \([0-9]*\) violations/\1/p' "$work/server.log")
tail -n 2 "$work/err"
echo "$killed kills, $((took / 1000)).$((took % 1000 / 100)) s in all; $left files left over"
if grep -rq "$token" "$work/out" "$work/err" "$work"/model/*.json; then
  echo "the token was written somewhere" >&2
  exit 1
fi
if [[ $found != "$sha256" || $left != 0 || $broken != 0 ]]; then
  echo "WRONG: sha256 $found" >&2
  exit 1
fi
echo "right: sha256 $found"
