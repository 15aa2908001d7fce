#!/bin/sh
# Attacks a running Gatehouse with slowhttptest (slow headers, bodies, reads and ranges, under the default limits),
# testssl.sh (the API port with TLS) and sqlmap (every text that a client can send, without rate limits, which would
# stop it after a few requests). Not part of the build: it takes about 15 minutes. Debian has all three tools;
# docs/security.md reports the results.
#
#   scripts/security-scan.sh [slow|tls|sql ...]     reports go to target/security-scan
set -eu

cd "$(dirname "$0")/.."
reports=$PWD/target/security-scan
program=${SCAN_PROGRAM:-./gatehouse}
port=${SCAN_PORT:-28443}
management=$((port + 1))
password='correct horse battery'
server=

for tool in slowhttptest testssl sqlmap curl openssl; do
  command -v $tool >/dev/null 2>&1 || { echo "security-scan: $tool is missing; it is a Debian package" >&2; exit 1; }
done
mkdir -p "$reports"
work=$(mktemp -d)
trap 'stop; rm -rf "$work"' EXIT

stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" || true; }
  server=
}

# Arguments are settings on top of the defaults.
serve() {
  stop
  env "$@" GATEHOUSE_DATA_DIR="$work/data" GATEHOUSE_HTTP_PORT="$port" \
    GATEHOUSE_MANAGEMENT_PORT="$management" GATEHOUSE_LOG_FORMAT=json \
    $program serve >>"$reports/server.log" 2>&1 &
  server=$!
  for _ in $(seq 300); do
    curl -fs "http://127.0.0.1:$management/ready" >/dev/null && return
    kill -0 "$server" 2>/dev/null || { tail -5 "$reports/server.log" >&2; exit 1; }
    sleep 0.5
  done
  echo "security-scan: the server does not become ready" >&2
  exit 1
}

# Other clients must be served meanwhile; prints their slowest request.
bystander() {
  while [ ! -e "$work/over" ]; do
    curl -s -o /dev/null -m 10 -w '%{http_code} %{time_total}\n' "http://127.0.0.1:$port/health" || true
    sleep 0.2
  done >"$work/bystander"
}

slow_one() {
  name=$1
  shift
  rm -f "$work/over"
  bystander &
  watcher=$!
  echo "== slowhttptest, $name"
  slowhttptest -c 1000 -r 200 -l 60 -i 10 -p 5 -u "http://127.0.0.1:$port$path" "$@" \
    >"$reports/slow-$name.txt" 2>&1 || true
  touch "$work/over"
  wait "$watcher"
  # The last block of the report, without colours.
  sed 's/\x1b\[[0-9;]*[A-Za-z]//g' "$reports/slow-$name.txt" | grep -aE '^(closed|error|connected|pending|service available|Test ended|Exit status)' | tail -7
  awk '{ n++; if ($1 != 200) bad++; if ($2 > most) most = $2 }
    END { printf "bystander: %d requests, %d failed, slowest %.0f ms\n", n, bad, most * 1000 }' "$work/bystander"
}

slow() {
  serve
  path=/v1/sessions
  slow_one headers -H -t GET -x 24
  slow_one body -B -t POST -f application/json -s 8192 -x 10
  path=/openapi.yaml
  slow_one range -R -t HEAD -a 10 -b 3000
  slow_one read -X -t GET -w 512 -y 1024 -n 5 -z 32 -k 3 -l 110
}

tls() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
  chmod 600 "$work/key.pem"
  serve GATEHOUSE_TLS_CERTIFICATE="$work/cert.pem" GATEHOUSE_TLS_KEY="$work/key.pem" GATEHOUSE_RATE_LIMIT=off
  echo "== testssl.sh, findings above informational"
  rm -f "$reports/testssl.json"
  testssl --quiet --color 0 --warnings off --jsonfile "$reports/testssl.json" \
    "https://localhost:$port" >"$reports/testssl.txt" 2>&1 || true
  tr -d '\n' <"$reports/testssl.json" | sed 's/}[ ,]*{/}\n{/g' |
    grep -E '"severity" *: *"(LOW|MEDIUM|HIGH|CRITICAL|WARN)"' |
    sed -E 's/.*"id" *: *"([^"]*)".*"severity" *: *"([^"]*)".*"finding" *: *"([^"]*)".*/\2 \1: \3/' || true
  grep -aE 'Overall Grade|Final Score' "$reports/testssl.txt" || true
}

# An asterisk marks the text that sqlmap replaces.
sql_one() {
  name=$1
  shift
  echo "== sqlmap, $name"
  sqlmap --batch --flush-session --output-dir "$work/sqlmap" --disable-coloring --dbms postgresql \
    --level "${SCAN_LEVEL:-2}" --risk 2 --threads 4 --timeout 10 --retries 1 --time-sec 3 \
    --ignore-code '*' --skip-waf "$@" >"$reports/sqlmap-$name.txt" 2>&1 || true
  if grep -aq 'identified the following injection' "$reports/sqlmap-$name.txt"; then
    sed -n '/identified the following injection/,$p' "$reports/sqlmap-$name.txt"
  else
    grep -aoE "all tested parameters do not appear to be injectable|CRITICAL.*" "$reports/sqlmap-$name.txt" | tail -1
  fi
}

sql() {
  serve GATEHOUSE_RATE_LIMIT=off GATEHOUSE_HASH_MEMORY_KIB=1024 GATEHOUSE_HASH_ITERATIONS=1
  api=http://127.0.0.1:$port/v1
  key=$(GATEHOUSE_DATA_DIR="$work/data" $program keys create scan --scope users:read,users:write)
  other=$(GATEHOUSE_DATA_DIR="$work/data" $program keys create asker --scope introspect)
  json='Content-Type: application/json'
  id=$(curl -s "$api/users" -H "$json" -d "{\"email\":\"ada@example.org\",\"password\":\"$password\"}" |
    sed 's/.*"id":"\([^"]*\)".*/\1/')
  token=$(curl -s "$api/sessions" -H "$json" -d "{\"email\":\"ada@example.org\",\"password\":\"$password\"}" |
    sed 's/.*"access_token":"\([^"]*\)".*/\1/')
  sql_one sign-in -u "$api/sessions" -H "$json" --data '{"email":"ada*@example.org","password":"x*"}'
  sql_one register -u "$api/users" -H "$json" -H 'Idempotency-Key: k*' \
    --data '{"email":"bob*@example.org","password":"correct horse battery*","display_name":"Bob*"}'
  sql_one refresh -u "$api/sessions/refresh" -H "$json" --data '{"refresh_token":"ghr_*"}'
  sql_one search -u "$api/users?email=ada*@example.org" -H "Authorization: Bearer $key"
  sql_one search-pages -u "$api/users?prefix=a*&status=active*&limit=10*&cursor=MA*" -H "Authorization: Bearer $key"
  sql_one user -u "$api/users/$id*" -H "Authorization: Bearer $key"
  sql_one patch --method PATCH -u "$api/users/$id" -H "$json" -H "Authorization: Bearer $key" \
    --data '{"display_name":"Ada*","roles":["r*"]}'
  sql_one session --method DELETE -u "$api/sessions/$id*" -H "Authorization: Bearer $token"
  sql_one bearer -u "$api/users/me" -H 'Authorization: Bearer ghk_*'
  sql_one headers -u "$api/users/me" -H "Authorization: Bearer $token" -H 'X-Request-Id: r*' \
    -H 'User-Agent: a*' -H 'If-None-Match: "1*"' -H 'X-Forwarded-For: 192.0.2.1*'
  sql_one introspect -u "$api/tokens/introspect" -H "Authorization: Bearer $other" --data 'token=abc*'
  echo "server errors while sqlmap ran: $(grep -c '"status":500' "$reports/server.log" || true)"
}

: >"$reports/server.log"
[ $# -gt 0 ] || set -- slow tls sql
for part in "$@"; do
  case $part in
    slow | tls | sql) $part ;;
    *) echo "security-scan: $part is none of slow, tls, sql" >&2; exit 2 ;;
  esac
done
