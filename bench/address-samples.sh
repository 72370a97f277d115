#!/usr/bin/env bash
# Imports every sample file of the address base registry and writes docs/reference/generated/address-samples.md.
# Usage: bench/address-samples.sh FOLDER   (with the .zip files as published)
set -euo pipefail
folder=$(realpath "${1:?folder with the samples}")
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
"$java" -Xmx2g --enable-native-access=ALL-UNNAMED -cp "target/test-classes:target/classes:$(cat target/test-classpath)" \
  jp.kiban.address.SampleFilesTests "$folder" docs/reference/generated/address-samples.md
