#!/usr/bin/env bash
# Lets the released demo model answer the drift prompts with 21 seeds, and holds 20 of them against the first: as they are, and
# rewritten until they are 15 % more formal. Needs a release (scripts/pipeline run retrain) and a few minutes.
#
#   scripts/bench/drift.sh [KEY=VALUE ...]      settings such as output_dir=DIR
#
# The answers become the fixture of DriftCasesTest, which does the second half in every build.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
answers=pipeline/src/test/resources/dev/pipeline/evaluate/drift/seeds.jsonl.gz
mvn -q -B test-compile
mvn -q -B -f pipeline/pom.xml dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$PWD/pipeline/target/bench.classpath"
OMP_WAIT_POLICY=PASSIVE java -XX:+UseSerialGC -cp \
  "pipeline/target/test-classes:pipeline/target/classes:$(cat pipeline/target/bench.classpath)" \
  dev.pipeline.jobs.DriftSeeds 21 "$answers" configs/demo "$@"
mvn -q -B test -Dunit.excludedGroups= -Dtest=DriftCasesTest
cat pipeline/target/drift-cases.md
