#!/usr/bin/env bash
# Runs the container image with 1 CPU and 512 MiB on a separate PostgreSQL and checks it: size, non-root,
# read-only, ready, the quick start, then minutes of mixed load with a burst of sign-ins and a limit on memory.
# Prints the figures; exits with 1 when one is out of bounds. Opt-in: needs a container engine (DOCKER_HOST), curl,
# a JDK 25, and the images of scripts/local-images.sh or a registry.
#
#   scripts/image-check.sh [MINUTES]     MINUTES defaults to 30
#
# Settings: IMAGE (gatehouse:local), BASE (gatehouse-base:local), POSTGRES_IMAGE (gatehouse-services:local).
# Requests go to the address of the container, because the engine's proxy for published ports fails under this load.
# Removes its containers and its network at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
. bin/jdk25.sh

minutes=${1:-30}
image=${IMAGE:-gatehouse:local}
base=${BASE:-gatehouse-base:local}
postgres=${POSTGRES_IMAGE:-gatehouse-services:local}
run=gatehouse-check-$$
limit=$((512 * 1024 * 1024))
folder=$(mktemp -d)
failed=0

clean_up() {
  docker rm --force --volumes "$run" "$run-postgres" >/dev/null 2>&1 || true
  docker network rm "$run" >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# check WORDS CONDITION...: prints one line for each check.
check() {
  local words=$1
  shift
  if "$@"; then echo "ok      $words"; else echo "FAILED  $words"; failed=1; fi
}
size() { docker image inspect --format '{{.Size}}' "$1"; }
of_container() { docker inspect --format "$1" "$run"; }

extra=$((($(size "$image") - $(size "$base")) / 1000000))
check "size above the base: $extra MB (at most 150)" test "$extra" -le 150
check "runs as $(docker image inspect --format '{{.Config.User}}' "$image")" \
  test "$(docker image inspect --format '{{.Config.User}}' "$image")" = 65532:65532

scripts/make-secrets.sh "$folder/secrets"
chmod 755 "$folder" "$folder/secrets"
secrets=(--volume "$folder/secrets:/run/secrets:ro")
settings=(--env GATEHOUSE_DATABASE_URL="postgresql://$run-postgres:5432/gatehouse"
  --env GATEHOUSE_DATABASE_USER=gatehouse
  --env GATEHOUSE_DATABASE_PASSWORD_FILE=/run/secrets/database-password
  --env GATEHOUSE_SECRET_KEY_FILE=/run/secrets/secret-key
  --env GATEHOUSE_RATE_LIMIT=off)
locked=(--read-only --cap-drop ALL --security-opt no-new-privileges --cpus 1 --memory 512m
  --memory-swap 512m)

said=$(docker run --rm "${locked[@]}" "$image" serve 2>&1 || true)
check "without a database it says so: ${said##*: }" \
  grep -q 'set GATEHOUSE_DATABASE_URL' <<<"$said"

docker network create "$run" >/dev/null
docker run --detach --name "$run-postgres" --network "$run" "${secrets[@]}" \
  --env POSTGRES_USER=gatehouse --env POSTGRES_DB=gatehouse \
  --env POSTGRES_PASSWORD_FILE=/run/secrets/database-password \
  --entrypoint "${POSTGRES_ENTRYPOINT-/usr/local/bin/postgres.sh}" "$postgres" >/dev/null
for second in $(seq 60); do
  ! docker exec "$run-postgres" pg_isready --quiet --host 127.0.0.1 --username gatehouse 2>/dev/null || break
  [ "$second" != 60 ] || { docker logs "$run-postgres" && exit 1; }
  sleep 1
done

once() { docker run --rm --network "$run" "${locked[@]}" "${secrets[@]}" "${settings[@]}" "$image" "$@"; }
# Prints status and output: the status alone does not explain a failure.
found=0
said=$(once migrate --check) || found=$?
check "migrate --check finds something to do: $said, exit status $found" \
  test "$found:${said//[0-9]/}" = "3: to apply"
check "migrate does it" once migrate
check "migrate --check finds nothing to do" once migrate --check

docker run --detach --name "$run" --network "$run" \
  "${locked[@]}" "${secrets[@]}" "${settings[@]}" "$image" >/dev/null
begin=$(date +%s%N)
api=http://$(of_container '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}'):8080
until curl -fs "$api/ready" >/dev/null 2>&1; do
  [ "$(of_container '{{.State.Running}}')" = true ] || { docker logs "$run"; exit 1; }
  [ $(($(date +%s%N) - begin)) -lt 120000000000 ] || { docker logs "$run"; exit 1; }
  sleep 0.05
done
ready=$((($(date +%s%N) - begin) / 1000000))
pid=$(of_container '{{.State.Pid}}')
ticks=$(awk '{ print $14 + $15 }' "/proc/$pid/stat")
echo "        ready after $ready ms, $((ticks * 1000 / $(getconf CLK_TCK))) ms of processor time"
check "the archive of classes is mapped" grep -q 'archive/serve.jsa' "/proc/$pid/maps"
check "libsodium is loaded from its file" grep -q 'native/libsodium.so' "/proc/$pid/maps"
check "the quick start passes" examples/quickstart.sh "$api"
for _ in $(seq 40); do
  [ "$(of_container '{{.State.Health.Status}}')" != healthy ] || break
  sleep 1
done
check "the health check says healthy" test "$(of_container '{{.State.Health.Status}}')" = healthy

# Resident memory of the process as the kernel counts it, including mapped files.
resident() { awk '/^VmRSS/ { print $2 * 1024 }' "/proc/$pid/status"; }
idle=$(resident)
echo "        resident when idle: $((idle / 1048576)) MiB"
(
  highest=0
  while now=$(resident) && [ -n "$now" ]; do
    [ "$now" -le "$highest" ] || highest=$now
    echo "$highest" >"$folder/highest"
    sleep 1
  done
) 2>/dev/null &
watcher=$!
load=0
"$JAVA_HOME/bin/java" -Xmx256m scripts/MixedLoad.java "$api" "$minutes" || load=1
kill "$watcher" 2>/dev/null || true
wait "$watcher" 2>/dev/null || true
check "the load of $minutes minutes got expected responses" test "$load" = 0
highest=$(cat "$folder/highest")
check "resident at most: $((highest / 1048576)) MiB, $((highest * 100 / limit)) % of the limit (at most 85)" \
  test $((highest * 100 / limit)) -le 85
check "never killed for memory" test "$(of_container '{{.State.OOMKilled}} {{.RestartCount}} {{.State.Running}}')" = "false 0 true"

docker stop --time 30 "$run" >/dev/null
check "stops in order, exit status $(of_container '{{.State.ExitCode}}')" \
  test "$(of_container '{{.State.ExitCode}}')" = 0
exit "$failed"
