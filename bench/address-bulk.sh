#!/usr/bin/env bash
# A list of a million addresses through the bulk upload of officers, with a heap of 96 MB. Writes docs/reference/generated/address-bulk.md.
# Usage: bench/address-bulk.sh FOLDER [LINES]
#   FOLDER  with abr-machiaza-202204.csv.gz, geolonia-towns-202311.csv.gz, municipalities.csv, postal-202403.csv.gz,
#           addresses-schools-unlabelled.txt.gz
set -euo pipefail
data=$(realpath "${1:?folder with the data}")
cd "$(dirname "$0")/.."
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
classes="target/test-classes:target/classes:$(cat target/test-classpath)"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
"$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Xmx3g -cp "$classes" jp.kiban.Kiban addresses build --out "$work/a.dict" --source \
  "$data/abr-machiaza-202204.csv.gz" "$data/geolonia-towns-202311.csv.gz" "$data/municipalities.csv" "$data/postal-202403.csv.gz" &>/dev/null
gunzip -c "$data/addresses-schools-unlabelled.txt.gz" >"$work/schools.txt"
bulk() { "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "$@" -cp "$classes" jp.kiban.registry.AddressBulkBench "$work/a.dict" "$work/schools.txt"; }
bulk -Xmx512m -Dkiban.bench.rows=1000 &>/dev/null # unpacks the database, which a small heap cannot
bulk -Xmx96m -Dkiban.bench.rows="${2:-1000000}"
