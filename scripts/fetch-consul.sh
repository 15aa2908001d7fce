#!/bin/sh
# Fetches Consul for the tests into a folder of its own and prints the path of the program. Debian 12 has no
# such package, so Debian 11's is taken; see fetch-program.sh.
#
#   scripts/fetch-consul.sh [DIR]        DIR defaults to .cache/consul beside this repository's pom
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec "$root/scripts/fetch-program.sh" consul bullseye "${1:-$root/.cache/consul}" version
