#!/usr/bin/env bash
# Fetches a file to a real disk that somebody else fills up meanwhile, and once more when there is room.
#
#   scripts/soak/fetch_full_disk.sh [MEGABYTES]      default: 100
#
# The disk is a tmpfs in a mount namespace of its own, which needs no privileges where the system
# allows such namespaces. Exits 1 when the fetch does not end with status 3, leaves anything under
# the file's final name, or ends with other bytes the second time.
set -euo pipefail

megabytes=${1:-100}
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
if [[ -z ${IN_NAMESPACE:-} ]]; then
  "$root/scripts/pipeline" --version >/dev/null
  IN_NAMESPACE=1 exec unshare --map-root-user --mount "$0" "$megabytes"
fi
export PIPELINE_SKIP_BUILD=1
work=$(mktemp -d)
disk=$work/disk
server=
finish() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true
  umount "$disk" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

mkdir "$disk"
# Room for the file and what is kept free beside it, as the check before the fetch wants it.
mount -t tmpfs -o "size=$((megabytes * 1000 + 75000))k" tmpfs "$disk"
tests=$root/pipeline/src/test/java
javac -nowarn -d "$work/classes" -cp "$root/pipeline/target/lib/*" -sourcepath "$tests" "$tests/dev/pipeline/fetch/FakeHubMain.java"
mkfifo "$work/input"
: >"$work/server.log"
java -cp "$work/classes" dev.pipeline.fetch.FakeHubMain "$megabytes" 20 1 <"$work/input" >"$work/server.log" &
server=$!
exec 8>"$work/input"
until read -r endpoint token sha256 <"$work/server.log" && [[ -n $sha256 ]]; do
  kill -0 "$server"
  sleep 0.2
done

fetch() {
  HF_TOKEN=$token "$root/scripts/pipeline" fetch soak/model --endpoint "$endpoint" --to "$disk/model"
}

fill() {
  until [[ -e $disk/model/model.safetensors.partial ]]; do sleep 0.01; done
  dd if=/dev/zero of="$disk/other" bs=1M 2>/dev/null || true
}
fill &
filler=$!
status=0
fetch || status=$?
wait "$filler"
ls -A "$disk/model"
[[ $status == 3 && ! -e $disk/model/model.safetensors && ! -e $disk/model/fetch.json ]] || {
  echo "WRONG: status $status" >&2
  exit 1
}
rm "$disk/other"
fetch
[[ $(sha256sum "$disk/model/model.safetensors" | cut -d' ' -f1) == "$sha256" ]]
[[ -z $(find "$disk/model" -name '*.partial*') ]]
echo "a full disk left nothing under its final name; with room again the bytes are right"
# More than the disk has: refused before anything is asked for.
rm -r "$disk/model"
dd if=/dev/zero of="$disk/other" bs=1M count=$((megabytes / 2)) 2>/dev/null
status=0
fetch || status=$?
[[ $status == 3 && ! -e $disk/model/model.safetensors.partial ]]
