#!/usr/bin/env bash
# serve_load.sh [CLIENTS] [SECONDS] [PAUSE]: what people at pipeline serve cost a training on the same machine. Trains three times
# with configs/demo for SECONDS each: alone, with CLIENTS on the pages (each a live stream, and a page every PAUSE seconds), and with
# CLIENTS who chat with the released model. Prints errors, times and the training's tokens a second; ends with 1 where a client
# met an error. Needs a release of configs/demo (scripts/pipeline run sft), in artifacts/demo-joshi or in SERVE_LOAD_MODEL.
set -euo pipefail
cd "$(dirname "$0")/../.."
clients=${1:-50} seconds=${2:-120} pause=${3:-5}
work=$(mktemp -d)
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap cleanup EXIT

model=${SERVE_LOAD_MODEL:-artifacts/demo-joshi}
[[ -f $model/models/demo-joshi.gguf ]] || { echo "error: nothing is released; fix: scripts/pipeline run sft" >&2; exit 2; }
mkdir -p "$work/artifacts/demo-joshi"
cp -rL "$model/models" "$work/artifacts/demo-joshi/"
settings=(--set "output_dir=$work/artifacts" --set "dataset_dir=$work/datasets")
export PIPELINE_SKIP_BUILD=1

# Tokens a second of the last whole steps, by the training's own metrics.
speed() {
  local newest
  newest=$(ls -t "$work"/artifacts/demo-joshi/runs/*/metrics.jsonl | head -1)
  grep -o '"tokens_per_second":[0-9.]*' "$newest" | cut -d: -f2 | tail -n +21 |
    awk '{s += 1 / $1; n++} END {if (n) printf "%.0f", n / s; else print 0}'
}

# train NAME RATE COMMAND...: trains anew, which another learning rate makes it, while COMMAND runs.
train() {
  local name=$1 seed=$2 newest
  shift 2
  scripts/pipeline run sft --only "${settings[@]}" num_epochs=40 "learning_rate=0.00$seed" >"$work/$name.log" 2>&1 &
  local training=$!
  pids+=("$training")
  until newest=$(ls -t "$work"/artifacts/demo-joshi/runs/*/metrics.jsonl 2>/dev/null | head -1) && [[ -n $newest && $newest -nt $work/mark ]]; do
    kill -0 "$training" || { cat "$work/$name.log" >&2; exit 3; }
    sleep 0.5
  done
  "$@" || failed=1
  # What a script starts in the background does not hear SIGINT.
  kill -TERM "$training"
  wait "$training" || true
  touch "$work/mark"
  echo "$name: the training makes $(speed) tokens/s"
}

failed=0
scripts/pipeline run curate "${settings[@]}" >"$work/curate.log" 2>&1 || { cat "$work/curate.log" >&2; exit 3; }
touch "$work/mark"
train "alone" 101 sleep "$seconds"
alone=$(speed)
scripts/pipeline serve --port 0 "${settings[@]}" >"$work/serve.log" 2>&1 &
pids+=($!)
until grep -q '^listening at ' "$work/serve.log"; do kill -0 "${pids[-1]}" || { cat "$work/serve.log" >&2; exit 3; }; sleep 0.2; done
address=$(sed -n 's/^listening at //p' "$work/serve.log")
train "pages" 102 java -Xmx256m -XX:TieredStopAtLevel=1 scripts/bench/ServeLoad.java "$address" pages "$clients" "$seconds" "$pause"
pages=$(speed)
train "chat" 103 java -Xmx256m -XX:TieredStopAtLevel=1 scripts/bench/ServeLoad.java "$address" chat "$clients" "$seconds" 0
chat=$(speed)
awk -v a="$alone" -v p="$pages" -v c="$chat" 'BEGIN {printf "slower by %.1f %% with pages, by %.1f %% with chat\n", 100 * (1 - p / a), 100 * (1 - c / a)}'
exit "$failed"
