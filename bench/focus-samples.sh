#!/usr/bin/env bash
# Checks every published FOCUS sample and writes docs/reference/generated/focus-samples.md.
# Usage: bench/focus-samples.sh FOLDER   (with the samples as published, and focus_requirements_model-1.2.json)
set -euo pipefail
folder=$(realpath "${1:?folder with the samples}")
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
"$java" -Xmx512m --enable-native-access=ALL-UNNAMED -cp "target/test-classes:target/classes:$(cat target/test-classpath)" \
  jp.kiban.cost.FocusSamplesTests "$folder" docs/reference/generated/focus-samples.md
