#!/bin/sh
# Downloads Consul for the tests into a separate folder and prints the path of the program. Debian 12 has no such
# package, so this uses Debian 11's; see fetch-program.sh.
#
#   scripts/fetch-consul.sh [DIR]        DIR defaults to .cache/consul beside this repository's pom
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec "$root/scripts/fetch-program.sh" consul bullseye "${1:-$root/.cache/consul}" version
