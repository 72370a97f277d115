#!/usr/bin/env bash
# Import of invented corporations against COPY of the same file into a plain table, and search among them, in one run.
# Writes docs/reference/generated/corporations.md. Needs about 3 KB of disk for each. Usage: bench/corporations.sh [CORPORATIONS]
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
"$java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -Dkiban.bench.rows="${1:-5000000}" \
  -cp "target/test-classes:target/classes:$(cat target/test-classpath)" jp.kiban.registry.CorporationBench
