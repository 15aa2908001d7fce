#!/usr/bin/env bash
# Two builds of Gatehouse beside each other: each on core 0, while PostgreSQL and the load are on core 1. Rounds
# alternate as A-B-B-A, so that a machine that becomes slower or faster favours neither. Prints, for each load, the
# medians and the ratio of processor time per request, new over old: below 1 the new build is cheaper.
#
#   benchmarks/side-by-side/releases.sh OLD_CHECKOUT NEW_FOLDER
#
# OLD_CHECKOUT holds the older build, packaged. ROUNDS [4, an even number] of SECONDS_EACH [6] follow WARM_UP [90]
# seconds of each load. STARTS [3] starts of each are timed. Needs Linux with two cores and nothing beside it, and wrk,
# jq, curl and postgresql from Debian.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
new_home=$here/../..
old_home=$(cd "${1:?usage: releases.sh OLD_CHECKOUT NEW_FOLDER}" && pwd)
mkdir "${2:?usage: releases.sh OLD_CHECKOUT NEW_FOLDER}"
dir=$(cd "$2" && pwd)
chmod 755 "$dir"
# shellcheck source=machine.sh
. "$here/machine.sh"
# shellcheck source=services.sh
. "$here/services.sh"
trap stop_all EXIT

rounds=${ROUNDS:-4}
seconds=${SECONDS_EACH:-6}
warm_up=${WARM_UP:-90}
starts=${STARTS:-3}
old=http://127.0.0.1:28000
new=http://127.0.0.1:28010
old_edge=http://127.0.0.1:28004
new_edge=http://127.0.0.1:28014
need wrk jq curl psql taskset

# start_gateway NAME PORT INSTANCE_PORT
start_gateway() {
  on "$server_core" "$1" env JAVA_OPTS=-Xmx205m GATEHOUSE_GATEWAY_PORT="$2" \
    GATEHOUSE_MANAGEMENT_PORT="$(($2 + 1))" GATEHOUSE_GATEWAY_UPSTREAMS="127.0.0.1:$3" \
    GATEHOUSE_RATE_LIMIT_IP=1000000/1s GATEHOUSE_RATE_LIMIT_LOGIN_IP=1000000/1s "$home/gatehouse" gateway
  await "$1" "http://127.0.0.1:$2/ready"
}

# compare WHAT CONNECTIONS OLD_PID OLD_URL NEW_PID NEW_URL REQUESTS
compare() {
  local what=$1 connections=$2 round log=$dir/$1.rounds order
  load "$3" "$4" "$dir/old.$7" "$connections" "$warm_up" >/dev/null
  load "$5" "$6" "$dir/new.$7" "$connections" "$warm_up" >/dev/null
  for ((round = 0; round < rounds; round++)); do
    order="old new"
    [ $((round % 2)) = 0 ] || order="new old"
    for which in $order; do
      if [ "$which" = old ]; then
        echo "old $(load "$3" "$4" "$dir/old.$7" "$connections" "$seconds")" | tee -a "$log" >&2
      else
        echo "new $(load "$5" "$6" "$dir/new.$7" "$connections" "$seconds")" | tee -a "$log" >&2
      fi
    done
  done
  awk -v what="$what" -v old="$(of old 3 "$log")" -v new="$(of new 3 "$log")" -v old_p99="$(of old 4 "$log")" \
    -v new_p99="$(of new 4 "$log")" 'BEGIN {
      printf "| %s | %.4f | %.4f | **%.3f** | %.1f | %.1f |\n", what, old, new, new / old, old_p99, new_p99 }' \
    >>"$dir/table"
}

# of NAME COLUMN FILE: the median of a column.
of() {
  awk -v name="$1" -v column="$2" '$1 == name { print $column }' "$3" | median
}

# started NAME HOME PORT: the processor time until ready, the archive of classes being there already.
timed_start() {
  home=$2
  start_gatehouse "$1" "$3"
  cpu "$pid" >>"$dir/$1.starts"
  stop "$pid"
}

start_postgres
for name in old new; do
  home=$old_home port=28000
  [ "$name" = old ] || home=$new_home port=28010
  # The first run makes the tables and the archive of classes.
  start_gatehouse "$name" "$port"
  stop "$pid"
done
for ((start = 0; start < starts; start++)); do
  timed_start old "$old_home" 28000
  timed_start new "$new_home" 28010
done

home=$old_home
start_gatehouse old 28000
old_pid=$pid
prepare_gatehouse old 28000
home=$new_home
start_gatehouse new 28010
new_pid=$pid
prepare_gatehouse new 28010
compare sign-in 8 "$old_pid" "$old" "$new_pid" "$new" sign-in
compare read 32 "$old_pid" "$old" "$new_pid" "$new" read

home=$old_home
start_gateway old-edge 28004 28000
old_edge_pid=$pid
home=$new_home
start_gateway new-edge 28014 28010
new_edge_pid=$pid
compare gateway 32 "$old_edge_pid" "$old_edge" "$new_edge_pid" "$new_edge" read

echo "| load | old, ms of processor time | new | new / old | old p99, ms | new p99 |"
echo "|---|---|---|---|---|---|"
cat "$dir/table"
printf '\nprocessor time until ready, ms: old %s, new %s\n' "$(median <"$dir/old.starts")" "$(median <"$dir/new.starts")"
