#!/usr/bin/env bash
# Registers a user on a running server, signs in, reads and deletes the account, and changes the password.
# Checks every response; exits with 1 at the first wrong one. Needs only curl.
#
#   examples/quickstart.sh [BASE]        BASE defaults to http://127.0.0.1:8080
set -euo pipefail

base="${1:-${BASE:-http://127.0.0.1:8080}}"
email="quickstart-$(date +%s)-$$-$RANDOM@example.org"
password="correct horse battery staple"
new_password="staple battery horse correct"
status="" body="" headers="" step=""

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
  echo "quickstart: $step: $*" >&2
  exit 1
}

# call METHOD PATH [TOKEN] [JSON]: leaves status, headers and body behind.
call() {
  local arguments=(--silent --show-error --max-time 30 --request "$1"
    --dump-header "$folder/headers" --output "$folder/body" --write-out '%{http_code}')
  [ -z "${3-}" ] || arguments+=(--header "Authorization: Bearer $3")
  [ -z "${4-}" ] || arguments+=(--header "Content-Type: application/json" --data "$4")
  : >"$folder/body"
  status=$(curl "${arguments[@]}" "$base$2") || fail "no response from $base$2"
  body=$(cat "$folder/body")
  headers=$(tr -d '\r' <"$folder/headers")
}

expect_status() { [ "$status" = "$1" ] || fail "expected status $1, got $status: $body"; }

# field NAME: the value of a string in the body; enough for flat names without escapes.
field() {
  local pattern="\"$1\":\"([^\"]*)\""
  [[ $body =~ $pattern ]] || fail "no field $1 in: $body"
  printf '%s' "${BASH_REMATCH[1]}"
}

expect_field() {
  local value
  value=$(field "$1")
  [ "$value" = "$2" ] || fail "expected $1 to be $2, got $value"
}

expect_header() {
  grep -iqE "^$1: $2\$" <<<"$headers" || fail "no header $1: $2 in: $headers"
}

begin() { step="$1"; }
end() { printf 'ok  %-44s %s\n' "$step" "$status"; }

begin "register $email"
call POST /v1/users "" \
  "{\"email\":\"$email\",\"password\":\"$password\",\"display_name\":\"Quick Start\"}"
expect_status 201
expect_field email "$email"
expect_field display_name "Quick Start"
expect_field status active
id=$(field id)
expect_header Location "/v1/users/$id"
if [[ $body == *password* ]]; then fail "the response contains a password"; fi
end

begin "refuse the same address again"
call POST /v1/users "" "{\"email\":\"${email^^}\",\"password\":\"$password\"}"
expect_status 409
expect_field code EMAIL_TAKEN
end

begin "sign in"
call POST /v1/sessions "" "{\"email\":\"$email\",\"password\":\"$password\"}"
expect_status 201
expect_field token_type Bearer
token=$(field access_token)
field refresh_token >/dev/null
end

begin "read /v1/users/me with the token"
call GET /v1/users/me "$token"
expect_status 200
expect_field id "$id"
expect_field email "$email"
expect_header ETag '"[0-9]+"'
end

begin "be refused without a token"
call GET /v1/users/me
expect_status 401
expect_field code UNAUTHENTICATED
end

begin "change the display name"
call PATCH /v1/users/me "$token" '{"display_name":"Quicker Start"}'
expect_status 200
expect_field display_name "Quicker Start"
end

begin "change the password"
call PUT /v1/users/me/password "$token" \
  "{\"current_password\":\"$password\",\"new_password\":\"$new_password\"}"
expect_status 204
end

begin "be refused with the old password"
call POST /v1/sessions "" "{\"email\":\"$email\",\"password\":\"$password\"}"
expect_status 401
expect_field code INVALID_CREDENTIALS
end

begin "sign in with the new password"
call POST /v1/sessions "" "{\"email\":\"$email\",\"password\":\"$new_password\"}"
expect_status 201
token=$(field access_token)
end

begin "delete the account"
call DELETE /v1/users/me "$token" "{\"current_password\":\"$new_password\"}"
expect_status 204
end

begin "be refused with the deleted account's token"
call GET /v1/users/me "$token"
expect_status 401
expect_field code INVALID_TOKEN
end

begin "be refused at sign-in"
call POST /v1/sessions "" "{\"email\":\"$email\",\"password\":\"$new_password\"}"
expect_status 401
expect_field code INVALID_CREDENTIALS
end

echo "All responses were correct."
