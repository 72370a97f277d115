#!/usr/bin/env bash
# Start time and memory, first start and restart, written to docs/reference/generated/start.md.
# Usage: bench/start.sh [RUNS]   (needs target/kiban.jar: mvn -DskipTests package)
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-3}; port=8097; java=${JAVA:-java}
if ! "$java" -version 2>&1 | grep -q '"25'; then
  java=$(ls -d /usr/lib/jvm/*25*/bin/java 2>/dev/null | head -1)
fi
[ -f target/kiban.jar ] || { echo "target/kiban.jar is missing: mvn -DskipTests package"; exit 2; }
data=$(mktemp -d); log=$(mktemp); pid=0
trap 'kill $pid 2>/dev/null || true; sleep 2; rm -rf "$data" "$log"' EXIT
median() { sort -n | awk '{a[NR]=$1} END {print a[int((NR+1)/2)]}'; }
start() { # seconds from process start to the first healthy answer
  local begin; begin=$(date +%s.%N)
  "$java" -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED -jar target/kiban.jar --server.port=$port --kiban.data="$data/d" >>"$log" 2>&1 &
  pid=$!
  until curl -fs -o /dev/null "http://localhost:$port/actuator/health/readiness"; do
    kill -0 $pid 2>/dev/null || { tail -20 "$log"; exit 1; }; sleep 0.05
  done
  seconds=$(awk -v a="$begin" -v b="$(date +%s.%N)" 'BEGIN {printf "%.1f", b-a}')
}
rss() { # MiB: the JVM, what of its heap is alive, and the proportional share of its PostgreSQL's processes
  jvm=$(awk '/^VmRSS/ {print int($2/1024)}' /proc/$pid/status)
  local master; master=$(head -1 "$data/d/postgres/postmaster.pid")
  alive=$("$(dirname "$(readlink -f "$(command -v "$java")")")/jcmd" $pid GC.class_histogram | awk '/^Total/ {print int($3/1048576)}')
  db=$(for p in $master $(pgrep -P "$master"); do awk '/^Pss:/ {print $2}' /proc/$p/smaps_rollup 2>/dev/null; done | awk '{s+=$1} END {print int(s/1024)}')
}
stop() { kill $pid; wait $pid 2>/dev/null || true; pid=0; }
first=(); again=(); killed=(); jvms=(); alives=(); dbs=()
for _ in $(seq "$runs"); do
  rm -rf "$data/d"; start; first+=("$seconds"); stop
  start; again+=("$seconds"); sleep 5; rss; jvms+=("$jvm"); alives+=("$alive"); dbs+=("$db")
  kill -9 $pid; wait $pid 2>/dev/null || true; start; killed+=("$seconds"); stop
done
out=docs/reference/generated/start.md; mkdir -p "$(dirname "$out")"
{
  echo "# Start and memory"; echo
  echo "Written by \`bench/start.sh $runs\` on $(date +%F): $(nproc) cores, $("$java" -version 2>&1 | head -1). Medians of $runs runs; process start to the first healthy answer."; echo
  echo "| | seconds |"; echo "|---|---|"
  echo "| first start (empty data folder: database made, demonstration people made) | $(printf '%s\n' "${first[@]}" | median) |"
  echo "| restart | $(printf '%s\n' "${again[@]}" | median) |"
  echo "| restart after kill -9 (the PostgreSQL left behind is stopped first) | $(printf '%s\n' "${killed[@]}" | median) |"; echo
  echo "| 5 s after a restart | MiB |"; echo "|---|---|"
  echo "| JVM, resident | $(printf '%s\n' "${jvms[@]}" | median) |"
  echo "| of it alive in the heap after a collection (the rest is room that a JVM takes from a machine of $(awk '/MemTotal/ {print int($2/1048576)}' /proc/meminfo) GiB; \`-Xmx\` bounds it) | $(printf '%s\n' "${alives[@]}" | median) |"
  echo "| PostgreSQL, proportional share of its processes | $(printf '%s\n' "${dbs[@]}" | median) |"
} > "$out"
cat "$out"
