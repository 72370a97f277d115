#!/usr/bin/env bash
# Decisions per second: KIE as the platform uses it against Java that jDMN 9 made of the same model, both agreeing on every generated case.
# Writes docs/reference/generated/decisions.md. Usage: bench/decisions.sh [CASES]
set -euo pipefail
cd "$(dirname "$0")/.."
cases=${1:-100000}
out=target/bench/decisions; rm -rf $out; mkdir -p $out/java $out/classes
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
path() { mvn -q -o -f "$1" dependency:build-classpath -Dmdep.outputFile="$PWD/$2" -Dmdep.includeScope=test &>/dev/null \
  || mvn -q -f "$1" dependency:build-classpath -Dmdep.outputFile="$PWD/$2" -Dmdep.includeScope=test; }
[ -d target/test-classes/jp/kiban/standards ] || mvn -q test-compile
path pom.xml $out/own.txt
path bench/decisions/pom.xml $out/jdmn.txt
flags="-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"
kie=$("$java" $flags -cp "target/test-classes:target/classes:$(cat $out/own.txt)" jp.kiban.standards.DecisionBench $out "$cases" 2>/dev/null | tail -1)
"${java}c" -nowarn -cp "$(cat $out/jdmn.txt)" -d $out/classes bench/decisions/Translate.java
"$java" -cp "$out/classes:$(cat $out/jdmn.txt)" Translate standards/dog-registration/2022-06-01/decisions.dmn $out &>$out/translate.log
"${java}c" -nowarn -cp "$(cat $out/jdmn.txt)" -d $out/classes bench/decisions/Run.java $(find $out/java -name '*.java') 2>$out/compile.log
jdmn=$("$java" $flags -cp "$out/classes:$(cat $out/jdmn.txt)" Run $out/cases.csv $out/jdmn.out 2>/dev/null | tail -1)
different=$(diff $out/kie.txt $out/jdmn.out | grep -c '^<' || true)
cat > docs/reference/generated/decisions.md <<EOF
<!-- written by bench/decisions.sh -->
# Decisions per second

One thread, one machine, one run ($(nproc) processors, $("$java" -version 2>&1 | head -1 | tr -d '"')): $cases generated cases of \`standards/dog-registration\`, half of them within days of a boundary, after a warm-up with a fifth of them.

| engine | decisions a second |
|---|---:|
| KIE, as the platform uses it: answers completed, every rule that fired kept with what it saw, words and articles | $kie |
| Java that jDMN 9 made of the same model: the result alone | $jdmn |

Decisions that differ: **$different** of $cases.

jDMN could not take the model as it is. Reworded for it (\`bench/decisions/Translate.java\`): the inputs 申請 and 値 and the results of decisions get types instead of \`Any\`; the list \`results\`, whose values are of several types,
becomes two entries; the annotations are left out, for jDMN reads them as FEEL. Expressions, tables and rules are the same.
EOF
cat docs/reference/generated/decisions.md
[ "$different" = 0 ]
