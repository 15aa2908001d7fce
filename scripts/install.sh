#!/bin/sh
# Builds Gatehouse and puts what is needed to run it into a folder, to be used with the units in
# deploy/systemd. Needs a JDK 25 to build; the folder then needs a Java 25 to run.
#
#   scripts/install.sh [DIR]             DIR defaults to /opt/gatehouse
#
# A running instance is not disturbed: files are replaced, not written over. Restart it afterwards.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
target=${1:-/opt/gatehouse}

# The launcher builds what is missing or stale before it prints its version.
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
