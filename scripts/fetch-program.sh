#!/bin/sh
# Downloads a program of a Debian release into a separate folder and prints its path.
#
#   scripts/fetch-program.sh NAME SUITE DIR ARGUMENTS...
#
# NAME is the name of the program and its package, SUITE the release, such as bullseye; ARGUMENTS make the program
# print its version. The script installs nothing and needs no root: it downloads the package from the mirror that
# this machine uses, with apt's signature check, and unpacks it. A program of that name on the path is used
# instead. If DIR already has the program, nothing is downloaded.
set -eu

name=$1
suite=$2
target=$3
shift 3
program=$target/$name

say() { echo "fetch-program: $*" >&2; }
give_up() {
  say "$*"
  exit 1
}

if [ -x "$program" ]; then
  echo "$program"
  exit 0
fi
if command -v "$name" >/dev/null 2>&1; then
  command -v "$name"
  exit 0
fi
for tool in apt-get dpkg awk; do
  command -v "$tool" >/dev/null 2>&1 ||
    give_up "neither $name nor $tool is on the path; install $name, or run on Debian"
done

mkdir -p "$target"
work=$(mktemp -d "$target/fetch.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/lists/partial" "$work/archives/partial" "$work/unpacked"

# The machine's Debian entry with another suite. Entries for updates and security are omitted, because the names of
# their suites differ between releases.
debian_sources() {
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk -v suite="$suite" 'BEGIN { RS = ""; FS = "\n" }
      !/(^|\n)Types:[^\n]*deb/ || !/(^|\n)URIs:[^\n]*\/debian\/?([ \n]|$)/ { next }
      /(^|\n)Enabled: *no/ { next }
      {
        for (i = 1; i <= NF; i++) {
          if ($i ~ /^#/) continue
          if ($i ~ /^Types:/) $i = "Types: deb"
          if ($i ~ /^Suites:/) $i = "Suites: " suite
          if ($i ~ /^Components:/) $i = "Components: main"
          print $i
        }
        print ""
      }' "$file"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    awk -v suite="$suite" '$1 == "deb" {
        options = ""; at = 2
        if ($2 ~ /^\[/) {
          for (; at <= NF; at++) { options = options " " $at; if ($at ~ /\]$/) { at++; break } }
        }
        if ($at !~ /\/debian\/?$/) next
        print "Types: deb\nURIs: " $at "\nSuites: " suite "\nComponents: main"
        if (match(options, /signed-by=[^] ]+/))
          print "Signed-By: " substr(options, RSTART + 10, RLENGTH - 10)
        print ""
      }' "$file"
  done
}

debian_sources >"$work/suite.sources"
[ -s "$work/suite.sources" ] ||
  give_up "this machine has no Debian entry under /etc/apt; install $name by hand and put it on the path"

own_apt() {
  apt-get -qq \
    -o Dir::Etc::sourcelist="$work/suite.sources" -o Dir::Etc::sourceparts=- \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work" -o Dir::Cache::archives="$work/archives" \
    -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Acquire::Retries=2 -o Acquire::http::Timeout=20 \
    -o Acquire::Languages=none "$@"
}

say "downloading the package $name of Debian's $suite (once)"
own_apt update >&2 || give_up "apt cannot read the package lists of $suite"
(cd "$work" && own_apt download "$name" >&2) || give_up "apt cannot download $suite's package $name"
dpkg -x "$work/$name"_*.deb "$work/unpacked"
"$work/unpacked/usr/bin/$name" "$@" >&2 || give_up "the package's program does not run here"
mv "$work/unpacked/usr/bin/$name" "$program"
echo "$program"
