#!/usr/bin/env bash
# Kills releases and rollbacks at random moments and looks at what they leave.
#
#   scripts/soak/release.sh [KILLS] [SEED]      defaults: 200, 1; a second or two a kill
#
# Each worker publishes small models, rolls back and prunes until it is killed with -9, beside a stand-in for an Ollama server
# that lives on and now and then restarts in the middle. After each kill one release must serve entirely, and no file that a
# release names may be missing; then the command that was killed runs again, and nothing may be torn, doubled, lost or left
# over, on the disk or at the server. Exits 1 when something is. What a full disk does, CrashTest tries at each write.
set -euo pipefail

kills=${1:-200}
seed=${2:-1}
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$root"
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
cd pipeline
java -cp "target/test-classes:target/classes:$(cat target/classpath)" dev.pipeline.release.ReleaseSoak "$work" "$kills" "$seed"
