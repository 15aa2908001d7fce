#!/bin/sh
# Installs the tools that some tests need; without a tool these tests are skipped and name it. redis-server runs the
# cache contract on a newer Redis; prometheus and promtool check the output of /metrics; pgbouncer is the pooler that
# instances are tested through. Does nothing when the tools
# are present, and never starts the daemons of the packages.
set -eu

missing=
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
command -v promtool >/dev/null 2>&1 || missing="$missing prometheus"
command -v pgbouncer >/dev/null 2>&1 || [ -x /usr/sbin/pgbouncer ] || missing="$missing pgbouncer"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
  echo "install-test-tools: missing:$missing; installing needs apt-get and root" >&2
  exit 1
fi

# The scripts of the packages ask this program whether to start a daemon; 101 forbids it.
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
