#!/usr/bin/env bash
# A billion yen over the 1,741 municipalities, exactly, against a plain double loop in the same run. Writes docs/reference/generated/fees.md.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
"$java" -XX:+UseSerialGC -cp "target/test-classes:target/classes:$(cat target/test-classpath)" jp.kiban.cost.FeeBench
