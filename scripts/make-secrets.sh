#!/bin/sh
# Makes the secrets that compose.yaml hands to the containers by file: the database's password and the
# key that seals the signing keys. Keeps those that are there.
#
#   scripts/make-secrets.sh [DIR]        DIR defaults to deploy/compose/secrets
#
# The files can be read by every user, since those in the containers are others; the folder that holds
# them can be entered by its owner alone.
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
