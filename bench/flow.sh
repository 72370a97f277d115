#!/usr/bin/env bash
# CPU per instance of the flow of child allowance: our runner against Flowable 8, on one PostgreSQL, in one run.
# Writes docs/reference/generated/flow.md. Usage: bench/flow.sh [INSTANCES_A_CELL]
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
"$java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -Dkiban.bench.count="${1:-600}" \
  -cp "target/test-classes:target/classes:$(cat target/test-classpath)" jp.kiban.flow.FlowBench
