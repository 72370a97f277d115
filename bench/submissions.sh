#!/usr/bin/env bash
# Submissions per second through HTTP against the same SQL driven directly, for 1 and for 1,741 active municipalities.
# Writes docs/reference/generated/submissions.md. Usage: bench/submissions.sh [SUBMISSIONS_A_CELL]
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
"$java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -Dkiban.bench.count="${1:-3000}" \
  -cp "target/test-classes:target/classes:$(cat target/test-classpath)" jp.kiban.SubmissionBench
