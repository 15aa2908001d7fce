#!/usr/bin/env bash
# Builds the base images of compose.yaml and the Dockerfile from Debian packages, for a machine without an image
# registry. Needs root, debootstrap, a JDK 25 and a container engine (DOCKER_HOST).
#
#   scripts/local-images.sh              builds gatehouse-base, gatehouse-build-base, gatehouse-services
#   docker build -t gatehouse:local --build-arg BASE=gatehouse-base:local \
#     --build-arg BUILD_BASE=gatehouse-build-base:local .
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d /var/tmp/gatehouse-images.XXXXXX)
trap 'rm -rf "$work"' EXIT
mirror=$(awk '/^URIs:/ { print $2; exit } $1 == "deb" { print $2; exit }' \
  /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null)

import() { tar -C "$work/$1" -c . | docker import - "$2" >/dev/null && echo "made $2"; }

debootstrap --variant=minbase --include=ca-certificates bookworm "$work/base" "$mirror" >"$work/log" 2>&1 ||
  { tail -5 "$work/log" >&2; exit 1; }
rm -rf "$work"/base/var/cache/apt/archives/*.deb "$work"/base/var/lib/apt/lists/*
import base gatehouse-base:local

# variant NAME PACKAGES...: the base with further packages.
variant() {
  local root="$work/$1"
  shift
  cp -a "$work/base" "$root"
  cp /etc/resolv.conf "$root/etc/"
  printf 'deb %s bookworm main\n' "$mirror" >"$root/etc/apt/sources.list"
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  chroot "$root" sh -c "export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $*" >"$work/log" 2>&1 ||
    { tail -5 "$work/log" >&2; exit 1; }
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
}

# Includes what this machine has already downloaded, so that the build needs no network.
variant build curl binutils
. bin/jdk25.sh
mkdir -p "$work/build/usr/lib/jvm" "$work/build/root"
cp -aL "$(readlink -f "$JAVA_HOME")" "$work/build/usr/lib/jvm/"
[ ! -d "$HOME/.m2" ] || cp -a "$HOME/.m2" "$work/build/root/"
import build gatehouse-build-base:local

variant services postgresql redis-server prometheus
install -m 755 "$(scripts/fetch-consul.sh)" "$work/services/usr/local/bin/consul"
install -m 755 deploy/compose/local/postgres.sh "$work/services/usr/local/bin/"
import services gatehouse-services:local
