#!/usr/bin/env bash
# Gatehouse beside others, in one run: each on core 0 when it is its turn, while PostgreSQL, Redis and the
# load are on core 1. Prints a table of medians of rounds taken by turns, and every round.
#
#   benchmarks/side-by-side/peers.sh NEW_FOLDER
#
# PEER_GO is a program with the endpoints of the Go reference service, PEER_KEYCLOAK the folder of an unpacked
# Keycloak 26 (org.keycloak:keycloak-quarkus-dist in Maven Central); without one, it is left out. ROUNDS [5] of
# SECONDS_EACH [8] follow WARM_UP [240] seconds of sign-ins and half as many of reads. Needs Linux with two cores and
# nothing beside it, and wrk, jq, curl, redis-server and postgresql from Debian.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$here/../..
mkdir "${1:?usage: peers.sh NEW_FOLDER}"
dir=$(cd "$1" && pwd)
chmod 755 "$dir"
# shellcheck source=machine.sh
. "$here/machine.sh"
# shellcheck source=services.sh
. "$here/services.sh"
trap stop_all EXIT

rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-8}
warm_up=${WARM_UP:-240}
need wrk jq curl psql redis-server taskset
# Stays empty when there is no peer.
: >"$dir/table"

# compare WHAT CONNECTIONS URL PID NAME URL PID NAME: Gatehouse first, the other second. By turns.
compare() {
  local what=$1 connections=$2 round ours theirs log
  shift 2
  log="$dir/$what-$3-$6.rounds"
  for ((round = 0; round < rounds; round++)); do
    ours=$(load "$2" "$1" "$dir/$3.$what" "$connections" "$seconds")
    theirs=$(load "$5" "$4" "$dir/$6.$what" "$connections" "$seconds")
    echo "$ours $theirs" | tee -a "$log" >&2
  done
  printf '| %s, %s beside %s | %s | %s | %s | %s | %s | %s | **%.2f** | %.2f |\n' "$what" "$3" "$6" \
    "$(cut -d' ' -f1 "$log" | median)" "$(cut -d' ' -f4 "$log" | median)" \
    "$(cut -d' ' -f2 "$log" | median)" "$(cut -d' ' -f5 "$log" | median)" \
    "$(cut -d' ' -f3 "$log" | median)" "$(cut -d' ' -f6 "$log" | median)" \
    "$(awk '{ print $1 / $4 }' "$log" | median)" "$(awk '{ print $5 / $2 }' "$log" | median)" >>"$dir/table"
}

# warm NAME PID URL: as long as it takes a JVM to compile what is used.
warm() {
  load "$2" "$3" "$dir/$1.sign-in" 8 "$warm_up" >/dev/null
  load "$2" "$3" "$dir/$1.read" 32 "$((warm_up / 2))" >/dev/null
}

# began NAME PID: what it took to be ready, and what it holds.
began() {
  printf '| %s | %.1f s | %s MiB |' "$1" "$(cpu "$2" | awk '{ print $1 / 1000 }')" "$(resident_mib "$2")" \
    >>"$dir/sizes"
}

# loaded PID: what it holds after the load.
loaded() {
  printf ' %s MiB |\n' "$(resident_mib "$1")" >>"$dir/sizes"
}

start_postgres
start_redis

gatehouse=http://127.0.0.1:28000
gatehouse_light=http://127.0.0.1:28010
gatehouse_redis=http://127.0.0.1:28020
redis=redis://127.0.0.1:$redis_port

# The first run makes the tables and, when it is stopped, the archive of classes.
start_gatehouse gatehouse 28000
stop "$pid"
start_gatehouse gatehouse 28000
gatehouse_pid=$pid
began gatehouse "$pid"
prepare_gatehouse gatehouse 28000
warm gatehouse "$gatehouse_pid" "$gatehouse"
loaded "$gatehouse_pid"

if [ -n "${PEER_GO-}" ]; then
  start_go
  began go "$go_pid"
  prepare_go
  # Compiled ahead, it needs no warming up.
  load "$go_pid" "http://127.0.0.1:$go_port" "$dir/go.sign-in" 8 20 >/dev/null
  load "$go_pid" "http://127.0.0.1:$go_port" "$dir/go.read" 32 20 >/dev/null
  loaded "$go_pid"
  compare sign-in 8 "$gatehouse" "$gatehouse_pid" gatehouse "http://127.0.0.1:$go_port" "$go_pid" go
  compare read 32 "$gatehouse" "$gatehouse_pid" gatehouse "http://127.0.0.1:$go_port" "$go_pid" go
  start_gatehouse gatehouse_redis 28020 GATEHOUSE_REDIS_URL="$redis"
  gatehouse_redis_pid=$pid
  prepare_gatehouse gatehouse_redis 28020
  load "$pid" "$gatehouse_redis" "$dir/gatehouse_redis.read" 32 "$((warm_up / 2))" >/dev/null
  compare read 32 "$gatehouse_redis" "$pid" gatehouse_redis "http://127.0.0.1:$go_port" "$go_pid" go
  stop "$gatehouse_redis_pid"
  stop "$go_pid"
fi

if [ -n "${PEER_KEYCLOAK-}" ]; then
  start_gatehouse gatehouse_light 28010 GATEHOUSE_HASH_MEMORY_KIB=7168 GATEHOUSE_HASH_ITERATIONS=5
  gatehouse_light_pid=$pid
  prepare_gatehouse gatehouse_light 28010
  load "$pid" "$gatehouse_light" "$dir/gatehouse_light.sign-in" 8 "$warm_up" >/dev/null
  start_keycloak
  began keycloak "$keycloak_pid"
  prepare_keycloak
  warm keycloak "$keycloak_pid" "http://127.0.0.1:$keycloak_port"
  loaded "$keycloak_pid"
  compare sign-in 8 "$gatehouse_light" "$gatehouse_light_pid" gatehouse_light \
    "http://127.0.0.1:$keycloak_port" "$keycloak_pid" keycloak
  compare read 32 "$gatehouse" "$gatehouse_pid" gatehouse \
    "http://127.0.0.1:$keycloak_port" "$keycloak_pid" keycloak
fi

echo "| what | a second | the other | CPU ms each | the other | p99 ms | the other | ratio | ratio by CPU |"
echo "|---|---|---|---|---|---|---|---|---|"
cat "$dir/table"
echo
echo "| service | CPU until ready | resident, idle | resident after load |"
echo "|---|---|---|---|"
cat "$dir/sizes"
