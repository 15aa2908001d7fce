#!/bin/sh
# Downloads kubectl, which renders the manifests for the tests, into a separate folder and prints the path of the
# program. The kustomize of Debian 12 is too old, so this uses Debian 13's; see fetch-program.sh.
#
#   scripts/fetch-kubectl.sh [DIR]       DIR defaults to .cache/kubectl beside this repository's pom
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec "$root/scripts/fetch-program.sh" kubectl trixie "${1:-$root/.cache/kubectl}" version --client
