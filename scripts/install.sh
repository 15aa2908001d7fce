#!/bin/sh
# Builds Gatehouse and installs it into a folder, for use with the units in deploy/systemd. The build needs a
# JDK 25; the installed program needs a Java 25 runtime.
#
#   scripts/install.sh [DIR]             DIR defaults to /opt/gatehouse
#
# A running instance is not disturbed, because files are replaced rather than overwritten. Restart it afterwards.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
target=${1:-/opt/gatehouse}

# The launcher builds missing or stale parts before it prints its version.
"$home/gatehouse" --version

mkdir -p "$target"
fresh=$(mktemp -d "$target/.new.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
mkdir -p "$fresh/lib" "$fresh/bin" "$fresh/docs"
cp "$home/gatehouse" "$home/app/target/gatehouse.jar" "$fresh/"
cp "$home"/app/target/lib/*.jar "$fresh/lib/"
cp "$home/bin/jdk25.sh" "$fresh/bin/"
cp "$home"/docs/*.md "$fresh/docs/"
chmod -R a+rX,go-w "$fresh"
for part in lib bin docs gatehouse.jar gatehouse; do
  rm -rf "$target/$part.old"
  [ ! -e "$target/$part" ] || mv "$target/$part" "$target/$part.old"
  mv "$fresh/$part" "$target/$part"
  rm -rf "$target/$part.old"
done
rm -rf "$target/archive"
echo "installed in $target"
