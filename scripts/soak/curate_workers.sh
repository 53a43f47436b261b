#!/usr/bin/env bash
# Curates many generated conversations in one process, then among worker processes one of which is killed with -9, and compares
# the datasets byte for byte.
#
#     scripts/soak/curate_workers.sh [CONVERSATIONS] [WORKERS] [SEED]      defaults: 1000000, 2, 1
#
# Needs PostgreSQL (Debian: apt-get install postgresql) and about 8 KB of disk a conversation below TMPDIR. A server with data of
# its own is started and removed again. Prints conversations a second of either way, by the clock and by what the processors were
# busy with it; exits 1 when the datasets differ.
set -euo pipefail

rows=${1:-1000000}
workers=${2:-2}
seed=${3:-1}
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
"$root/scripts/pipeline" --version >/dev/null
programs=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
work=$(mktemp -d)
as=()
[[ $(id -u) -ne 0 ]] || as=(runuser -u postgres --)
cleanup() {
  [[ ! -d $work/server/data ]] || (cd / && "${as[@]}" "$programs/pg_ctl" stop -m immediate -D "$work/server/data" >/dev/null) || true
  rm -rf "$work"
}
trap cleanup EXIT

serve() {
  mkdir "$work/server"
  chmod 755 "$work"
  PGPASSWORD=$(head -c 18 /dev/urandom | base64)
  export PGPASSWORD
  printf %s "$PGPASSWORD" >"$work/server/password"
  [[ $(id -u) -ne 0 ]] || chown -R postgres "$work/server"
  port=$((20000 + RANDOM))
  (
    cd /
    "${as[@]}" "$programs/initdb" --pgdata="$work/server/data" --username=pipeline \
      --pwfile="$work/server/password" --auth=scram-sha-256 --encoding=UTF8 >/dev/null
    "${as[@]}" "$programs/pg_ctl" start --wait -D "$work/server/data" -l "$work/server/log" \
      -o "-p $port -c listen_addresses=127.0.0.1 -k $work/server" >/dev/null
  )
  "$programs/createdb" -h 127.0.0.1 -p "$port" -U pipeline jobs
}

fresh() {
  mkdir -p "$work/$1"
  cp -r "$root/configs/smoke" "$work/$1/config"
  printf 'output_dir: %s\ndataset_dir: %s\n' "$work/$1/artifacts" "$work/$1/datasets" >>"$work/$1/config/model.yaml"
  printf 'raw: %s\n' "$work/raw" >"$work/$1/config/mine.yaml"
  # Those of the tests are small, so that kills fall between two; each costs two writes to the disk.
  sed -i 's/^chunk_size:.*/chunk_size: 1000/' "$work/$1/config/curate.yaml"
}

curate() {
  local name=$1
  shift
  local start=$SECONDS TIMEFORMAT='%U %S'
  {
    time "$root/scripts/pipeline" run curate --config "$work/$name/config" "$@" 2>&3 \
      | grep -E '^(mine|curate) +[0-9]+ rows'
  } 3>&2 2>"$work/$name/cpu"
  local took=$((SECONDS - start)) cpu
  cpu=$(tail -1 "$work/$name/cpu" | LC_ALL=C awk '{ printf "%.0f", $1 + $2 }')
  echo "$name: $rows conversations in $took s, $((rows / (took > 0 ? took : 1))) a second;" \
    "$cpu s of a core, $((rows / (cpu > 0 ? cpu : 1))) a second a core"
}

kill_one() {
  until [[ -n $(find "$work/divided/artifacts" -path '*/parts/[0-9]*' -name accepted.jsonl -print -quit 2>/dev/null) ]]; do
    [[ ! -e $work/divided/done ]] || return 0
    sleep 0.2
  done
  local victim
  victim=$(pgrep -f "LocalWorker $work/divided/artifacts" | head -1 || true)
  [[ -z $victim ]] || { kill -9 "$victim" && echo "killed worker $victim while it curated" && : >"$work/divided/killed"; }
}

mkdir "$work/raw"
class_path="$work/classes:$root/pipeline/target/pipeline.jar:$root/pipeline/target/lib/*"
mkdir "$work/classes"
javac -cp "$class_path" -d "$work/classes" "$root/pipeline/src/test/java/dev/pipeline/data/GeneratedConversations.java"
java -cp "$class_path" dev.pipeline.data.GeneratedConversations "$work/raw/made.jsonl" "$rows" "$seed" "$root/datasets/raw"
echo "$(du -m "$work/raw/made.jsonl" | cut -f1) MB of conversations"

export PIPELINE_JAVA_OPTS=${PIPELINE_JAVA_OPTS:--Xmx12g}
fresh alone
curate alone
serve
export PIPELINE_DB_URL=jdbc:postgresql://127.0.0.1:$port/jobs PIPELINE_DB_USER=pipeline PIPELINE_DB_PASSWORD=$PGPASSWORD
fresh divided
kill_one &
curate divided --workers "$workers" workers.lease=10s
: >"$work/divided/done"
wait

if [[ ! -e $work/divided/killed ]]; then
  echo "no worker was killed: give more conversations" >&2
  exit 1
fi
if diff -r "$work/alone/datasets" "$work/divided/datasets" >/dev/null; then
  echo "the datasets are equal"
else
  echo "the datasets differ" >&2
  exit 1
fi
