#!/usr/bin/env bash
# What a sign-in and a read cost with 10 million users against 10 thousand, in one run: two instances on core 0,
# asked by turns, each with a database of its own on the same PostgreSQL on core 1. The cost is the processor time
# of the instance and of PostgreSQL together; a read is one that needs a query, since one from memory does not
# depend on how many users there are.
#
#   benchmarks/side-by-side/growth.sh NEW_FOLDER
#
# FEW [10000], MANY [10000000], ROUNDS [7] of SECONDS_EACH [8] after WARM_UP [240]. Needs what peers.sh needs, and
# 8 GB for the folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
home=$here/../..
mkdir "${1:?usage: growth.sh NEW_FOLDER}"
dir=$(cd "$1" && pwd)
chmod 755 "$dir"
# shellcheck source=machine.sh
. "$here/machine.sh"
# shellcheck source=services.sh
. "$here/services.sh"
trap stop_all EXIT

rounds=${ROUNDS:-7}
seconds=${SECONDS_EACH:-8}
warm_up=${WARM_UP:-240}
few=${FEW:-10000}
many=${MANY:-10000000}
asked=${ASKED:-2000}
need wrk jq curl psql taskset

# fill DATABASE PORT USERS: users like those that are registered, ids in the order of time, all with one password.
fill() {
  json "http://127.0.0.1:$2/v1/users" "{\"email\":\"user0@example.org\",\"password\":\"$password\"}" >/dev/null
  sql "$1" "
    INSERT INTO users (id, email, email_compared, email_verified, status, roles, password_hash, version,
        created_at, updated_at)
      SELECT (lpad(to_hex(1700000000000 + n), 12, '0') || '7' || substr(md5(n::text), 1, 3)
            || '8' || substr(md5(n::text), 4, 15))::uuid,
          'user' || n || '@example.org', 'user' || n || '@example.org', false, 'active', '{}',
          first.password_hash, 1, first.created_at, first.created_at
        FROM generate_series(1, $3 - 1) AS n, (SELECT * FROM users) AS first"
  sql "$1" 'VACUUM ANALYZE users'
}

# prepare NAME PORT USERS: signs a number of them in, drawn evenly from all.
prepare() {
  local turn body token
  for ((turn = 0; turn < asked; turn++)); do
    body="{\"email\":\"user$((turn * ($3 / asked)))@example.org\",\"password\":\"$password\"}"
    token=$(json "http://127.0.0.1:$2/v1/sessions" "$body" | jq -er .access_token)
    printf 'POST\t/v1/sessions\tContent-Type\tapplication/json\t%s\n' "$body" >>"$dir/$1.sign-in"
    printf 'GET\t/v1/users/me\tAuthorization\tBearer %s\t\n' "$token" >>"$dir/$1.read"
  done
}

# Of all of PostgreSQL: the processes that live, and those that have ended.
postgres_cpu() {
  local of
  for of in "$postgres_pid" $(pgrep -P "$postgres_pid"); do
    cat "/proc/$of/stat" 2>/dev/null || true
  done | awk -v tick="$(getconf CLK_TCK)" '
    { ended = NR == 1; sub(/.*\) /, ""); sum += $12 + $13 + (ended ? $14 + $15 : 0) }
    END { print sum * 1000 / tick }'
}

# cost WHAT CONNECTIONS NAME PID PORT: requests a second, and milliseconds of the instance, of PostgreSQL and of both.
cost() {
  local before after load
  before=$(postgres_cpu)
  load=$(load "$4" "http://127.0.0.1:$5" "$dir/$3.$1" "$2" "$seconds")
  after=$(postgres_cpu)
  awk -v load="$load" -v before="$before" -v after="$after" -v seconds="$seconds" 'BEGIN {
    split(load, is, " "); database = (after - before) / (is[1] * seconds)
    printf "%s %.4f %.4f %.4f\n", is[1], is[2], database, is[2] + database }'
}

# compare WHAT CONNECTIONS
compare() {
  local round one other log=$dir/$1.rounds
  for ((round = 0; round < rounds; round++)); do
    one=$(cost "$1" "$2" few "$few_pid" 28100)
    other=$(cost "$1" "$2" many "$many_pid" 28110)
    echo "$one $other" | tee -a "$log" >&2
  done
  printf '| %s | %s | %s | %s | %s | %s | %s | **%.2f** |\n' "$1" \
    "$(cut -d' ' -f1 "$log" | median)" "$(cut -d' ' -f5 "$log" | median)" \
    "$(cut -d' ' -f2 "$log" | median)" "$(cut -d' ' -f6 "$log" | median)" \
    "$(cut -d' ' -f3 "$log" | median)" "$(cut -d' ' -f7 "$log" | median)" \
    "$(awk '{ print $8 / $4 }' "$log" | median)"
}

start_postgres
start_gatehouse few 28100 GATEHOUSE_CACHE_MAX_ENTRIES=1
few_pid=$pid
start_gatehouse many 28110 GATEHOUSE_CACHE_MAX_ENTRIES=1
many_pid=$pid
fill few 28100 "$few"
fill many 28110 "$many"
sql postgres CHECKPOINT
prepare few 28100 "$few"
prepare many 28110 "$many"
for one in few many; do
  pid_of=${one}_pid
  port=28100
  [ "$one" = few ] || port=28110
  load "${!pid_of}" "http://127.0.0.1:$port" "$dir/$one.sign-in" 8 "$warm_up" >/dev/null
  load "${!pid_of}" "http://127.0.0.1:$port" "$dir/$one.read" 32 "$((warm_up / 2))" >/dev/null
done

echo "| what | a second, few | many | CPU ms of the instance, few | many | of PostgreSQL, few | many | ratio of both together |"
echo "|---|---|---|---|---|---|---|---|"
compare sign-in 8
compare read 32
