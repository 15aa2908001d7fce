#!/usr/bin/env bash
# Kills an instance of compose.yaml under load through the gateway and restarts it: no read may fail, and every user
# whose registration was acknowledged must be able to sign in afterwards. Opt-in; has the requirements of
# scripts/image-check.sh.
#
#   scripts/kill-check.sh [COMPOSE_FILE...]    further files, such as deploy/compose/local.yaml
#
# Starts all services, without rate limits since all requests come from one address, and removes them with their
# data at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
. bin/jdk25.sh

files=(--file compose.yaml)
for file in "$@"; do files+=(--file "$file"); done
export GATEHOUSE_RATE_LIMIT=off
compose() { docker compose --project-name gatehouse-kill "${files[@]}" "$@"; }

report=$(mktemp)
trap 'rm -f "$report"; compose down --volumes --timeout 30 >/dev/null 2>&1' EXIT
scripts/make-secrets.sh
compose up --detach --wait --no-build
examples/quickstart.sh http://127.0.0.1:8000

# MINUTES, sign-ins, sign-ins in the middle third, reads a second
"$JAVA_HOME/bin/java" -Xmx256m scripts/MixedLoad.java http://127.0.0.1:8000 1.5 1 1 60 >"$report" &
load=$!
sleep 30
compose kill --signal KILL gatehouse-2
sleep 20
compose up --detach --wait --no-build --no-deps gatehouse-2
status=0
wait "$load" || status=$?
cat "$report"

reads=$(grep -E '^read' "$report")
echo "$reads" | grep -q '{200=' || status=1
if echo "$reads" | grep -Eq '[{ ](0|[1345][0-9]{2})=' || grep -q '^failed' "$report"; then
  echo "FAILED  reads failed while an instance was killed"
  status=1
fi
if ! grep -Eq '^signed in afterwards +\{201=[0-9]+\}' "$report"; then
  echo "FAILED  registered users could not sign in afterwards, or there were none"
  status=1
fi
[ "$status" != 0 ] || echo "ok      no read failed while an instance was killed and came back, and everybody who had registered was there"
exit "$status"
