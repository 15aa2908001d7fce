#!/bin/bash
# Debian's PostgreSQL with the environment of the official image, as far as compose.yaml uses it.
set -eu
programs=$(echo /usr/lib/postgresql/*/bin)
data=/var/lib/postgresql/data
password=$(cat "$POSTGRES_PASSWORD_FILE")
mkdir -p "$data" /var/run/postgresql
chown postgres: "$data" /var/run/postgresql
chmod 700 "$data"
as_postgres() { setpriv --reuid postgres --regid postgres --clear-groups "$@"; }
if [ ! -e "$data/PG_VERSION" ]; then
  echo "$password" >/tmp/password
  chown postgres: /tmp/password
  as_postgres "$programs/initdb" --pgdata="$data" --username="$POSTGRES_USER" \
    --auth-host=scram-sha-256 --auth-local=trust --pwfile=/tmp/password >/dev/null
  rm /tmp/password
  echo "host all all all scram-sha-256" >>"$data/pg_hba.conf"
  as_postgres "$programs/pg_ctl" --pgdata="$data" --wait start \
    --options="-c listen_addresses= -c unix_socket_directories=/var/run/postgresql" >/dev/null
  as_postgres "$programs/psql" --username="$POSTGRES_USER" \
    --dbname=postgres --command="CREATE DATABASE $POSTGRES_DB" >/dev/null
  as_postgres "$programs/pg_ctl" --pgdata="$data" --wait stop >/dev/null
fi
exec setpriv --reuid postgres --regid postgres --clear-groups \
  "$programs/postgres" -D "$data" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
