#!/usr/bin/env bash
# FOCUS rows read, parsed exactly and added up to the ledger's grain, against DuckDB on the same file in the same run.
# bench/focus.sh [ROWS], ten million by default (a file of about 5 GB in a temporary folder, removed at the end). Writes docs/reference/generated/focus.md.
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-10000000}
build() { mvn -q "$@" test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test; }
build -o &>/dev/null || build
duckdb=2.0.0.1
fetch() { mvn -q "$@" dependency:copy -Dartifact=org.duckdb:duckdb_jdbc:$duckdb -DoutputDirectory=target/bench -Dmdep.useBaseVersion=true; }
[ -f target/bench/duckdb_jdbc-$duckdb.jar ] || fetch -o &>/dev/null || fetch
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
cp="target/test-classes:target/classes:$(cat target/test-classpath):target/bench/duckdb_jdbc-$duckdb.jar"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
small() { "$java" -XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED -cp "$cp" jp.kiban.cost.FocusBench "$@"; }
big() { "$java" -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -cp "$cp" jp.kiban.cost.FocusBench "$@"; }
small generate "$folder/focus.csv" "$rows"
bytes=$(stat -c %s "$folder/focus.csv")
line() { printf '%s\t%s\n' "$1" "$2" | tee -a "$folder/results"; }
# what is read lies in memory as far as it fits, for both alike
warm() { cat "$1" >/dev/null; }
warm "$folder/focus.csv"
line "Kiban, CSV, 1 thread" "$(small read "$folder/focus.csv" "$folder/ours" 2>/dev/null)"
warm "$folder/focus.csv"
line "DuckDB $duckdb, CSV, 1 thread" "$(big duckdb "$folder/focus.csv" "$folder/theirs" 1)"
cmp "$folder/ours" "$folder/theirs"
warm "$folder/focus.csv"
line "DuckDB $duckdb, CSV, 2 threads" "$(big duckdb "$folder/focus.csv" "$folder/theirs" 2)"
cmp "$folder/ours" "$folder/theirs"
big parquet "$folder/focus.csv" "$folder/focus.parquet"
warm "$folder/focus.parquet"
line "Kiban, Parquet (zstd), 1 thread" "$(small read "$folder/focus.parquet" "$folder/ours" 2>/dev/null)"
cmp "$folder/ours" "$folder/theirs"
warm "$folder/focus.parquet"
line "DuckDB $duckdb, Parquet (zstd), 1 thread" "$(big duckdb "$folder/focus.parquet" "$folder/theirs" 1)"
cmp "$folder/ours" "$folder/theirs"
big report "$folder/results" "$bytes"
