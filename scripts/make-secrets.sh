#!/bin/sh
# Creates the secrets that compose.yaml passes to the containers by file: the password of the database and the key
# that seals the signing keys. Existing secrets are kept.
#
#   scripts/make-secrets.sh [DIR]        DIR defaults to deploy/compose/secrets
#
# Every user can read the files, because the users in the containers differ; only the owner can enter their folder.
set -eu

folder=${1:-$(dirname "$0")/../deploy/compose/secrets}
mkdir -p "$folder"
chmod 700 "$folder"

make_secret() {
  if [ -e "$folder/$1" ]; then
    echo "make-secrets: $folder/$1 is there and stays" >&2
    return
  fi
  head -c 32 /dev/urandom | base64 >"$folder/$1.new"
  chmod 444 "$folder/$1.new"
  mv "$folder/$1.new" "$folder/$1"
}

make_secret database-password
make_secret secret-key
