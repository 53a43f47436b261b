#!/usr/bin/env bash
# Kills the main job at random moments and asks for the bytes of an undisturbed run.
#
#   scripts/soak/kill.sh [ITERATIONS] [SEED]      defaults: 20, 1; about half a minute an iteration
#
# Each iteration runs the smoke configuration in an empty folder, kills it with -9 one to three times,
# lets it finish, and compares adapters, optimiser states, GGUFs and training rows. Exits 1 when a
# file differs, is missing or is left over, or when the last run does not end by itself.
set -euo pipefail

iterations=${1:-20}
seed=${2:-1}
RANDOM=$seed
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d)
# Always the same place, because settings name it and settings are part of a run's key.
run=$work/run
trap 'rm -rf "$work"' EXIT

fresh() {
  rm -rf "$run"
  mkdir -p "$run"
  cp -r "$root/configs/smoke" "$run/config"
  printf 'output_dir: %s\ndataset_dir: %s\n' "$run/artifacts" "$run/datasets" >>"$run/config/model.yaml"
}

sft() {
  exec "$root/scripts/pipeline" run sft --config "$run/config" >>"$run/log" 2>&1
}

digests() {
  (cd "$1" && find . -type f \( -name adapter_model.safetensors -o -name optimizer.safetensors \
    -o -name '*.gguf' -o -name train.jsonl -o -name '*.partial' \) -print0 \
    | sort -z | xargs -0 sha256sum)
}

now() {
  echo $(($(date +%s%N) / 1000000))
}

# Starts the job and kills it after a random part of an undisturbed run's time; prints when.
kill_somewhere() {
  local after=$(((RANDOM * 32768 + RANDOM) % duration)) pid
  sft &
  pid=$!
  sleep "$((after / 1000)).$(printf '%03d' $((after % 1000)))"
  if kill -9 "$pid" 2>/dev/null; then
    printf ' %d' "$after"
  else
    printf ' %d (had ended)' "$after"
  fi
  wait "$pid" 2>/dev/null || true
}

fresh
(sft) || { tail -n 5 "$run/log" >&2; echo "the undisturbed run failed" >&2; exit 1; }
# Again in an empty folder: the first run also built the program and unpacked libraries.
export PIPELINE_SKIP_BUILD=1
fresh
started=$(now)
(sft)
duration=$(($(now) - started))
digests "$run" >"$work/undisturbed"
echo "undisturbed: $duration ms, $(wc -l <"$work/undisturbed") files; seed $seed"

failures=0
for ((iteration = 1; iteration <= iterations; iteration++)); do
  fresh
  kills=$((RANDOM % 3 + 1))
  printf 'iteration %d: killed after ms' "$iteration"
  for ((strike = 0; strike < kills; strike++)); do kill_somewhere; done
  if ! (sft); then
    verdict="FAILED: $(tail -n 2 "$run/log" | tr '\n' ' ')"
  elif digests "$run" | diff "$work/undisturbed" - >"$work/difference"; then
    verdict=equal
  else
    verdict="DIFFERENT: $(tr '\n' ' ' <"$work/difference")"
  fi
  [[ $verdict == equal ]] || failures=$((failures + 1))
  echo ": $verdict"
done
echo "$((iterations - failures)) of $iterations iterations equal the undisturbed run"
((failures == 0))
