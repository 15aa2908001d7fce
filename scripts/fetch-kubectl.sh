#!/bin/sh
# Fetches kubectl, which renders the manifests for the tests, into a folder of its own and prints the path of
# the program. The kustomize in Debian 12's is too old, so Debian 13's is taken; see fetch-program.sh.
#
#   scripts/fetch-kubectl.sh [DIR]       DIR defaults to .cache/kubectl beside this repository's pom
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec "$root/scripts/fetch-program.sh" kubectl trixie "${1:-$root/.cache/kubectl}" version --client
