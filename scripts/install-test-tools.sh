#!/bin/sh
# Installs what some tests use when it is there and otherwise say by name that it is missing:
# redis-server, for the cache's contract on a newer Redis. Installs quietly without doing anything
# when it is there, and never starts the daemon the package brings.
set -eu

if command -v redis-server >/dev/null 2>&1; then
  exit 0
fi
if ! command -v apt-get >/dev/null 2>&1 || [ "$(id -u)" -ne 0 ]; then
  echo "install-test-tools: redis-server is missing; installing it needs apt-get and root" >&2
  exit 1
fi

# The package's own script asks this program whether it may start the daemon; 101 says no.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends redis-server >/dev/null
