#!/bin/sh
# Fetches Consul for the tests into a folder of its own and prints the path of the program.
#
#   scripts/fetch-consul.sh [DIR]        DIR defaults to .cache/consul beside this repository's pom
#
# Installs nothing and needs no root: Debian's package is downloaded with apt's signature check and
# unpacked. Debian 12 has no such package, so Debian 11's is taken from the mirror this machine
# already uses. A consul on the path is used as it is. Nothing is done when DIR has one already.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
target=${1:-$root/.cache/consul}
program=$target/consul

say() { echo "fetch-consul: $*" >&2; }
give_up() {
  say "$*"
  exit 1
}

if [ -x "$program" ]; then
  echo "$program"
  exit 0
fi
if command -v consul >/dev/null 2>&1; then
  command -v consul
  exit 0
fi
for tool in apt-get dpkg awk; do
  command -v "$tool" >/dev/null 2>&1 ||
    give_up "neither consul nor $tool is on the path; install Consul, or run on Debian"
done

mkdir -p "$target"
work=$(mktemp -d "$target/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/unpacked"

# The machine's own Debian entry with another suite. Entries for updates and security are left out,
# their suites are named differently from release to release.
debian_sources() {
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk 'BEGIN { RS = ""; FS = "\n" }
      !/(^|\n)Types:[^\n]*deb/ || !/(^|\n)URIs:[^\n]*\/debian\/?([ \n]|$)/ { next }
      /(^|\n)Enabled: *no/ { next }
      {
        for (i = 1; i <= NF; i++) {
          if ($i ~ /^#/) continue
          if ($i ~ /^Types:/) $i = "Types: deb"
          if ($i ~ /^Suites:/) $i = "Suites: bullseye"
          if ($i ~ /^Components:/) $i = "Components: main"
          print $i
        }
        print ""
      }' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    awk '$1 == "deb" {
        options = ""; at = 2
        if ($2 ~ /^\[/) {
          for (; at <= NF; at++) { options = options " " $at; if ($at ~ /\]$/) { at++; break } }
        }
        if ($at !~ /\/debian\/?$/) next
        print "Types: deb\nURIs: " $at "\nSuites: bullseye\nComponents: main"
        if (match(options, /signed-by=[^] ]+/))
          print "Signed-By: " substr(options, RSTART + 10, RLENGTH - 10)
        print ""
      }' "$file"
  done
}

debian_sources >"$work/bullseye.sources"
[ -s "$work/bullseye.sources" ] ||
  give_up "this machine has no Debian entry under /etc/apt; install Consul by hand and put it on the path"

own_apt() {
  apt-get -qq \
    -o Dir::Etc::sourcelist="$work/bullseye.sources" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives" \
    -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Acquire::http::Timeout=20 \
    -o Acquire::Languages=none "$@"
}

say "downloading Debian 11's package of Consul (once)"
own_apt update >&2 || give_up "apt cannot read the package lists of Debian 11"
(cd "$work" && own_apt download consul >&2) || give_up "apt cannot download Debian 11's package consul"
dpkg -x "$work"/consul_*.deb "$work/unpacked"
"$work/unpacked/usr/bin/consul" version >&2 || give_up "the package's program does not run here"
mv "$work/unpacked/usr/bin/consul" "$program"
echo "$program"
