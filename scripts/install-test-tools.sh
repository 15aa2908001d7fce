#!/bin/sh
# Installs what some tests use when it is there and otherwise say by name that it is missing:
# redis-server, for the cache's contract on a newer Redis; prometheus with promtool, which judge what
# /metrics says. Installs quietly without doing anything when they are there, and never starts the
# daemons the packages bring.
set -eu

missing=
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v promtool >/dev/null 2>&1 || missing="$missing prometheus"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
  echo "install-test-tools: missing:$missing; installing needs apt-get and root" >&2
  exit 1
fi

# The packages' own scripts ask this program whether they may start a daemon; 101 says no.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # one word each
apt-get install -y -qq --no-install-recommends $missing >/dev/null
