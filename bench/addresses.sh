#!/usr/bin/env bash
# The address matcher measured: accuracy per source and in total, what is left out of addresses, speed on one core, memory, first
# answer; beside it, in the same run and from the same towns, npm @geolonia/normalize-japanese-addresses (left out without node and npm).
# Writes docs/reference/generated/addresses.md. Usage: bench/addresses.sh FOLDER SCORER
#   FOLDER  with abr-machiaza-202204.csv.gz, geolonia-towns-202311.csv.gz, municipalities.csv, postal-202403.csv.gz,
#           addresses-public.csv, addresses-suspect-labels.csv, addresses-schools-unlabelled.txt.gz
#   SCORER  score-addresses.py
# PEER_LINES (2000): how many of the schools the other library is timed with.
set -euo pipefail
data=$(realpath "${1:?folder with the data}")
scorer=$(realpath "${2:?score-addresses.py}")
cd "$(dirname "$0")/.."
here=$PWD
mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
  || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
classes="target/test-classes:target/classes:$(cat target/test-classpath)"
kiban() { "$java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED "$@"; }
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
out=$work/addresses.md

kiban -Xmx3g -cp "$classes" jp.kiban.Kiban addresses build --out "$work/a.dict" --source "$data/abr-machiaza-202204.csv.gz" \
  "$data/geolonia-towns-202311.csv.gz" "$data/municipalities.csv" "$data/postal-202403.csv.gz" 2>/dev/null >"$work/build.txt"
gunzip -c "$data/addresses-schools-unlabelled.txt.gz" >"$work/schools.txt"
kiban -Xmx128m -cp "$classes" jp.kiban.Kiban addresses match --quiet --dict "$work/a.dict" --column input "$data/addresses-public.csv" "$work/labels.csv" 2>/dev/null || [ $? = 1 ]
kiban -Xmx128m -cp "$classes" jp.kiban.Kiban addresses match --quiet --dict "$work/a.dict" "$work/schools.txt" "$work/schools.csv"
read -r wall cpu resident < <(kiban -Xmx64m -cp "$classes" jp.kiban.address.AddressBench speed "$work/a.dict" "$work/schools.txt")
kiban -Xmx1g -cp "$classes" jp.kiban.address.AddressBench calibrate "$work/a.dict" "$work/schools.txt" >"$work/calibrate.txt"
for i in 1 2 3 4 5; do
  began=$(date +%s%N)
  head -1 "$work/schools.txt" >"$work/one.txt"
  kiban -XX:TieredStopAtLevel=1 -Xmx64m -cp "$classes" jp.kiban.Kiban addresses match --quiet --dict "$work/a.dict" "$work/one.txt" - >/dev/null
  echo $((($(date +%s%N) - began) / 1000000))
done | sort -n | sed -n 3p >"$work/first.txt"
found() { python3 - "$1" <<'P'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8')))
print(f"{100 * sum(1 for r in rows if r['match_town']) / len(rows):.2f}")
P
}
score() { python3 "$scorer" "$data/addresses-public.csv" "$1" "${@:2}"; }

peer=""
if command -v node >/dev/null && command -v npm >/dev/null && (cd "$work" && npm init -y && npm install --no-audit --no-fund @geolonia/normalize-japanese-addresses@3.1.3) &>/dev/null; then
  cp bench/addresses/peer.mjs "$work/"
  kiban -Xmx3g -cp "$classes" jp.kiban.address.AddressBench api "$work/a.dict" "$work/api"
  python3 - "$data/addresses-public.csv" "$work/labels.txt" <<'P'
import csv, sys
open(sys.argv[2], 'w').write(''.join(r['input'].replace('\n', ' ') + '\n' for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig'))))
P
  shuf -n "${PEER_LINES:-2000}" --random-source=<(yes) "$work/schools.txt" >"$work/some.txt"
  (cd "$work" && node peer.mjs "$work/api" labels.txt peer-labels.csv 1 >peer-labels.out && node peer.mjs "$work/api" some.txt peer-some.csv 3 >peer-some.out \
    && node -e "const t=performance.now();import('@geolonia/normalize-japanese-addresses').then(async m=>{m.config.japaneseAddressesApi='file://$work/api/ja';await m.normalize('$(head -1 "$work/schools.txt")');console.log(Math.round(performance.now()+0))})" >peer-first.out)
  kiban -Xmx64m -cp "$classes" jp.kiban.address.AddressBench speed "$work/a.dict" "$work/some.txt" >"$work/same.out"
  peer=yes
else
  echo "node, npm or the package is absent: the other library is left out" >&2
fi

{
  echo "# Addresses, as measured"
  echo
  echo "Written by \`bench/addresses.sh\`; nothing here is typed by hand. $(nproc) processors, $("$java" -version 2>&1 | head -1 | tr -d '"'), load $(cut -d' ' -f1 /proc/loadavg) at the end."
  echo
  echo "Dictionary: $(sed 's/^[^:]*: //' "$work/build.txt")"
  echo
  echo "| | this matcher |$([ -n "$peer" ] && echo ' @geolonia/normalize-japanese-addresses 3.1.3 |')"
  echo "|---|---:|$([ -n "$peer" ] && echo '---:|')"
  p() { [ -n "$peer" ] && echo " $1 |" || true; }
  read -r pw pc pr _ < <(cat "$work/peer-some.out" 2>/dev/null || echo - - - -)
  read -r sw sc _ < <(cat "$work/same.out" 2>/dev/null || echo - - -)
  echo "| town right, all $(($(wc -l <"$data/addresses-public.csv") - 1)) labelled addresses, % | $(score "$work/labels.csv" | awk '$1=="ALL"{print $5}') |$(p "$([ -n "$peer" ] && score "$work/peer-labels.csv" | awk '$1=="ALL"{print $5}')")"
  echo "| … without the suspect labels, % | $(score "$work/labels.csv" --skip "$data/addresses-suspect-labels.csv" | awk '$1=="ALL"{print $5}') |$(p "$([ -n "$peer" ] && score "$work/peer-labels.csv" --skip "$data/addresses-suspect-labels.csv" | awk '$1=="ALL"{print $5}')")"
  echo "| town found for $(wc -l <"$work/schools.txt") school addresses, % | $(found "$work/schools.csv") |$(p "$([ -n "$peer" ] && found "$work/peer-some.csv") (of ${PEER_LINES:-2000})")"
  echo "| addresses a second, warm, one thread, all schools: by the clock | $(printf "%'d" "$wall") |$(p '')"
  echo "| … by CPU seconds of the thread | $(printf "%'d" "$cpu") |$(p '')"
  [ -n "$peer" ] && echo "| addresses a second, warm, the same ${PEER_LINES:-2000} schools: by the clock | $(printf "%'d" "$sw") | $(printf "%'d" "$pw") |"
  [ -n "$peer" ] && echo "| … by CPU seconds | $(printf "%'d" "$sc") | $(printf "%'d" "$pc") |"
  echo "| most memory ever resident, the mapped dictionary included (-Xmx64m), MB | $resident |$(p "$pr")"
  echo "| start of the process to the first answer written, median of 5, ms | $(cat "$work/first.txt") |$(p "$(cat "$work/peer-first.out" 2>/dev/null)")"
  echo
  echo "## By source of the labels"
  echo
  echo '```'
  score "$work/labels.csv"
  echo '```'
  [ -n "$peer" ] && { echo; echo "The other library:"; echo; echo '```'; score "$work/peer-labels.csv"; echo '```'; }
  echo
  echo "Most labels are one library's own output (\`geolonia-nja3\`) and flatter it."
  echo
  echo "## When something is left out"
  echo
  echo "School addresses that are found whole, written again without a part. An answer that is ambiguous is no answer."
  echo
  echo "| left out | addresses | answered, % | of these the same town, % |"
  echo "|---|---:|---:|---:|"
  cat "$work/calibrate.txt"
} >"$out"
cp "$out" "$here/docs/reference/generated/addresses.md"
cat "$out"
