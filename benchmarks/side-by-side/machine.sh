# shellcheck shell=bash disable=SC2034,SC2154
# How processes are placed, timed and ended. Sourced; expects $dir, the folder of this run.

server_core=0
other_core=1
started=()

fail() {
  echo "${0##*/}: $1" >&2
  exit 1
}

# need TOOL...: says which of the programs is missing.
need() {
  local tool
  for tool in "$@"; do command -v "$tool" >/dev/null || fail "install $tool"; done
}

# on CORE NAME COMMAND...: starts a process on a core; its id is then $pid and its log NAME.log.
on() {
  local core=$1 name=$2
  shift 2
  taskset -c "$core" "$@" >"$dir/$name.log" 2>&1 &
  pid=$!
  started+=("$pid")
}

stop() {
  kill -TERM "$1" 2>/dev/null || return 0
  timeout 60 tail --pid="$1" -f /dev/null || kill -KILL "$1"
}

stop_all() {
  local place
  for ((place = ${#started[@]} - 1; place >= 0; place--)); do stop "${started[place]}"; done
}

# await NAME URL: waits until it responds with 2xx.
await() {
  local second
  for ((second = 0; second < 1800; second++)); do
    ! curl -fsS -o /dev/null --max-time 2 "$2" 2>/dev/null || return 0
    kill -0 "$pid" 2>/dev/null || fail "$1 ended, see $dir/$1.log"
    sleep 0.1
  done
  fail "$1 does not respond, see $dir/$1.log"
}

# The processor time of a process in milliseconds, children that live not included.
cpu() {
  awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print ($12 + $13) * 1000 / tick }' "/proc/$1/stat"
}

median() {
  sort -g | awk '{ value[NR] = $1 } END { print value[int((NR + 1) / 2)] }'
}

resident_mib() {
  awk '/^VmRSS/ { printf "%d", $2 / 1024 }' "/proc/$1/status"
}

# load PID URL REQUESTS CONNECTIONS SECONDS: puts a load on a process from the other core. Prints requests
# a second, milliseconds of the process's processor time for each, and the p99 in milliseconds.
load() {
  local before report
  before=$(cpu "$1")
  report=$(REQUESTS=$3 taskset -c "$other_core" wrk -t1 --latency --timeout 20s \
    -c"$4" -d"$5"s -s "$here/requests.lua" "$2")
  ! grep -E 'Non-2xx|Socket errors' <<<"$report" >&2 || fail "a request to $2 failed"
  awk -v cpu="$before $(cpu "$1")" -v seconds="$5" '
    $1 == "99%" { unit = $2; sub(/[0-9.]+/, "", unit); p99 = $2 + 0
                  if (unit == "us") p99 /= 1000; if (unit == "s") p99 *= 1000 }
    /requests in/ { n = $1 }
    END { split(cpu, at, " "); printf "%.1f %.4f %.1f\n", n / seconds, (at[2] - at[1]) / n, p99 }' <<<"$report"
}
