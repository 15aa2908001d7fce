# shellcheck shell=bash disable=SC2034,SC2154
# The services compared and what they stand on. Each start_X leaves its process in $X_pid; each prepare_X
# makes the same users and writes the requests of its loads. Sourced.

users=50
password='correct horse battery staple'
postgres_port=25432
redis_port=26379
go_port=28090
keycloak_port=28080

start_postgres() {
  local bin as=()
  bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)
  [ -x "$bin/initdb" ] || fail "install postgresql"
  # PostgreSQL refuses to run as root.
  if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    install -d -o postgres "$dir/postgres"
  fi
  "${as[@]}" "$bin/initdb" -D "$dir/postgres" -U bench --auth=trust -E UTF8 >"$dir/initdb.log"
  on "$other_core" postgres "${as[@]}" "$bin/postgres" -D "$dir/postgres" -p "$postgres_port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=1GB \
    -c max_wal_size=4GB
  postgres_pid=$pid
  local try
  for ((try = 0; try < 100; try++)); do
    ! sql postgres 'SELECT 1' >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  fail "PostgreSQL does not start, see $dir/postgres.log"
}

# sql DATABASE STATEMENT
sql() {
  psql -qAtX -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$postgres_port" -U bench -d "$1" -c "$2"
}

start_redis() {
  on "$other_core" redis redis-server --port "$redis_port" --bind 127.0.0.1 --save '' --appendonly no
}

# start_gatehouse NAME PORT SETTING...: with a heap for a container of 512 MiB, and every filter on. The limits
# are so high that one address may make all requests; they are counted all the same.
start_gatehouse() {
  local name=$1 port=$2
  shift 2
  sql postgres "CREATE DATABASE $name" 2>/dev/null || true
  on "$server_core" "$name" env JAVA_OPTS=-Xmx205m \
    GATEHOUSE_HTTP_PORT="$port" GATEHOUSE_MANAGEMENT_PORT="$((port + 1))" \
    GATEHOUSE_DATABASE_URL="jdbc:postgresql://127.0.0.1:$postgres_port/$name" \
    GATEHOUSE_DATABASE_USER=bench GATEHOUSE_DATABASE_PASSWORD=none \
    GATEHOUSE_SECRET_KEY="$(head -c 32 /dev/zero | base64)" \
    GATEHOUSE_TOKEN_ISSUER="http://127.0.0.1:$port" GATEHOUSE_TOKEN_ACCESS_TTL=2h GATEHOUSE_HASH_MAX_WAIT=5s \
    GATEHOUSE_RATE_LIMIT_IP=1000000/1s GATEHOUSE_RATE_LIMIT_LOGIN_IP=1000000/1s \
    GATEHOUSE_RATE_LIMIT_LOGIN_ACCOUNT=1000000/1s GATEHOUSE_RATE_LIMIT_REGISTER_IP=1000000/1s \
    "$@" "$home/gatehouse" serve
  await "$name" "http://127.0.0.1:$((port + 1))/ready"
}

# prepare_gatehouse NAME PORT
prepare_gatehouse() {
  local user body token
  for ((user = 0; user < users; user++)); do
    body="{\"email\":\"user$user@example.org\",\"password\":\"$password\"}"
    json "http://127.0.0.1:$2/v1/users" "$body" >/dev/null
    token=$(json "http://127.0.0.1:$2/v1/sessions" "$body" | jq -er .access_token)
    printf 'POST\t/v1/sessions\tContent-Type\tapplication/json\t%s\n' "$body" >>"$dir/$1.sign-in"
    printf 'GET\t/v1/users/me\tAuthorization\tBearer %s\t\n' "$token" >>"$dir/$1.read"
  done
  check "$1" "http://127.0.0.1:$2/v1/users/me" "$token" "user$((users - 1))@example.org"
}

start_go() {
  sql postgres "CREATE DATABASE go" 2>/dev/null || true
  on "$server_core" go env HASH=argon2id ADDR="127.0.0.1:$go_port" REDIS="127.0.0.1:$redis_port" \
    DSN="postgres://bench:none@127.0.0.1:$postgres_port/go?sslmode=disable" "$PEER_GO"
  go_pid=$pid
  await go "http://127.0.0.1:$go_port/health"
}

prepare_go() {
  local user body token id
  for ((user = 0; user < users; user++)); do
    body="{\"email\":\"user$user@example.org\",\"name\":\"User\",\"password\":\"$password\"}"
    id=$(json "http://127.0.0.1:$go_port/v1/users" "$body" | jq -er .id)
    token=$(json "http://127.0.0.1:$go_port/v1/sessions" "$body" | jq -er .access_token)
    printf 'POST\t/v1/sessions\tContent-Type\tapplication/json\t%s\n' "$body" >>"$dir/go.sign-in"
    printf 'GET\t/v1/users/%s\tAuthorization\tBearer %s\t\n' "$id" "$token" >>"$dir/go.read"
  done
  check go "http://127.0.0.1:$go_port/v1/users/$id" "$token" "user$((users - 1))@example.org"
}

# Keycloak as for production, less TLS: its optimized start, caches of one node, Argon2id at its default of
# 7168 KiB and t=5.
start_keycloak() {
  local kc=$PEER_KEYCLOAK/bin/kc.sh
  sql postgres "CREATE DATABASE keycloak" 2>/dev/null || true
  "$kc" build --db=postgres --cache=local --health-enabled=true >"$dir/keycloak-build.log" 2>&1 \
    || fail "Keycloak does not build, see $dir/keycloak-build.log"
  mkdir -p "$PEER_KEYCLOAK/data/import"
  jq -n --arg password "$password" --argjson users "$users" '
    {realm: "bench", enabled: true, sslRequired: "none", accessTokenLifespan: 7200,
     ssoSessionIdleTimeout: 7200, ssoSessionMaxLifespan: 7200,
     clients: [{clientId: "bench", enabled: true, publicClient: true, directAccessGrantsEnabled: true}],
     users: [range($users) | {username: "user\(.)@example.org", email: "user\(.)@example.org",
       emailVerified: true, enabled: true, firstName: "User", lastName: "Number \(.)",
       credentials: [{type: "password", value: $password}]}]}' >"$PEER_KEYCLOAK/data/import/bench-realm.json"
  on "$server_core" keycloak env KC_DB_USERNAME=bench KC_DB_PASSWORD=none \
    KC_DB_URL="jdbc:postgresql://127.0.0.1:$postgres_port/keycloak" \
    "$kc" start --optimized --import-realm --http-enabled=true --http-host=127.0.0.1 \
    --http-port="$keycloak_port" --hostname-strict=false
  await keycloak "http://127.0.0.1:$keycloak_port/realms/bench"
  # kc.sh waits for the Java process.
  keycloak_pid=$(pgrep -P "$pid" java)
}

prepare_keycloak() {
  local user form token oidc=/realms/bench/protocol/openid-connect
  for ((user = 0; user < users; user++)); do
    form="grant_type=password&client_id=bench&scope=openid&username=user$user%40example.org&password=${password// /+}"
    token=$(curl -fsS "http://127.0.0.1:$keycloak_port$oidc/token" -d "$form" | jq -er .access_token)
    printf 'POST\t%s/token\tContent-Type\tapplication/x-www-form-urlencoded\t%s\n' "$oidc" "$form" \
      >>"$dir/keycloak.sign-in"
    printf 'GET\t%s/userinfo\tAuthorization\tBearer %s\t\n' "$oidc" "$token" >>"$dir/keycloak.read"
  done
  check keycloak "http://127.0.0.1:$keycloak_port$oidc/userinfo" "$token" "user$((users - 1))@example.org"
}

# json URL BODY: the response.
json() {
  curl -fsS -H 'Content-Type: application/json' -d "$2" "$1"
}

# check NAME URL TOKEN EMAIL: whether a read responds with the user it is about.
check() {
  [ "$(curl -fsS -H "Authorization: Bearer $3" "$2" | jq -er .email)" = "$4" ] || fail "$1 responds with another user"
}
