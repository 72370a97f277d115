#!/usr/bin/env bash
# Holds this house against every standard it ships with `standards verify`: a house is started with a fresh data folder, and each
# folder in standards/ is tried whole. Writes docs/reference/generated/conformity.md. Usage: bench/conformity.sh [GENERATED_CASES]
set -euo pipefail
cd "$(dirname "$0")/.."
generated=${1:-150}
java=${JAVA:-java}
"$java" -version 2>&1 | grep -q '"25' || java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
out=target/bench/conformity; rm -rf $out; mkdir -p $out
if [ -f target/kiban.jar ] && [ -z "${CLASSES:-}" ]; then run=("$java" --enable-native-access=ALL-UNNAMED -jar target/kiban.jar)
else
  [ -f target/test-classpath ] || mvn -q -o test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test &>/dev/null \
    || mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test-classpath -Dmdep.includeScope=test
  run=("$java" --enable-native-access=ALL-UNNAMED -cp "target/classes:$(cat target/test-classpath)" jp.kiban.Kiban)
fi
port=${PORT:-18133}
"${run[@]}" --server.port="$port" --kiban.data="$PWD/$out/data" >$out/house.log 2>&1 &
house=$!
trap 'kill $house 2>/dev/null || true; wait $house 2>/dev/null || true' EXIT
for _ in $(seq 120); do curl -sf "http://localhost:$port/api/conformity" >/dev/null && break; kill -0 $house; sleep 1; done

page=docs/reference/generated/conformity.md
{
  echo "# Conformity of this house 適合性"
  echo
  echo "Written by \`bench/conformity.sh\`: $(nproc) processors, Java $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.runtime.version = //p'); \`standards verify\` over HTTP against this house, all examples of each"
  echo "standard and up to $generated generated cases; kit, house and PostgreSQL share the machine. Seconds are those of the report, from the first call to the last."
  echo
  echo "| standard | version | examples | generated cases | calls | checks | differences | conform | seconds |"
  echo "|---|---|---|---|---|---|---|---|---|"
} >$out/page.md
worst=0
for folder in standards/*/; do
  id=$(basename "$folder")
  "${run[@]}" standards verify "$folder" --target "http://localhost:$port/api/conformity" --generated "$generated" --out "$out/$id" --key "$out/key.jwk" >"$out/$id.log" 2>&1 || worst=1
  [ -f "$out/$id.json" ] || { echo "$id could not be tried:"; tail -3 "$out/$id.log"; exit 2; }
  python3 - "$out/$id.json" >>$out/page.md <<'P'
import json, sys, datetime
r = json.load(open(sys.argv[1])); c = r["counts"]
def moment(text):
    return datetime.datetime.fromisoformat(text[:19]).timestamp() + float("0." + (text[20:].rstrip("Z") or "0"))
seconds = moment(r["endedAt"]) - moment(r["startedAt"])
print(f'| {r["standard"]["id"]} | {r["standard"]["version"]} | {c["examples"]} | {c["generated"]} | {c["calls"]:,} | {c["checks"]:,} | {c["differences"]} | {"yes" if r["conform"] else "no"} | {seconds:.1f} |')
P
  tail -1 $out/page.md
done
{ echo; echo "Load of the machine at the end, this run and everything else: $(cut -d' ' -f1 /proc/loadavg 2>/dev/null || uptime | sed 's/.*: //;s/,.*//')."; } >>$out/page.md
mv $out/page.md $page
exit $worst
