#!/usr/bin/env bash
# Writes the fixture of what Go's own text/template renders; needs Go (Debian: apt-get install golang-go).
#
#   scripts/peers/go_templates.sh
#
# Run it after a change of the templates in configs/models, of their translation for Ollama, or of the cases in GoTemplateCases.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
cd "$root"
mvn -q -B test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath -Dmdep.includeScope=test
cd pipeline
java -cp "target/test-classes:target/classes:$(cat target/classpath)" dev.pipeline.release.GoTemplateCases \
  | go run "$root/scripts/peers/go_templates/main.go" >target/go_templates.json
mv target/go_templates.json src/test/resources/golden/go_templates.json
