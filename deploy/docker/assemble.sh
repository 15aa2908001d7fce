#!/usr/bin/env bash
# Builds what the container image holds and lays it out by layer under /image. Run by the Dockerfile,
# as root, in its build stage; writes to /opt and /image.
#
#   deploy/docker/assemble.sh [MAVEN_OPTIONS]
set -euo pipefail
cd "$(dirname "$0")/../.."
. bin/jdk25.sh

home=/opt/gatehouse
runtime=/opt/java
training=$(mktemp -d)
trap 'rm -rf "$training"' EXIT

# --- the program and its list of parts ---------------------------------------------------------------
# shellcheck disable=SC2086 # a list of options
./mvnw -B -q ${1-} package -pl app -am -Psbom -Dmaven.test.skip=true -Dspotless.check.skip=true

install -d "$home/bin" "$home/lib" "$home/native" "$home/archive"
install -m 755 gatehouse "$home/"
install -m 644 bin/jdk25.sh "$home/bin/"
install -m 755 deploy/docker/healthcheck "$home/bin/"
install -m 644 app/target/gatehouse.jar "$home/"
install -m 644 app/target/lib/*.jar "$home/lib/"
install -m 644 app/target/gatehouse.cdx.json "$home/"

# --- the Java runtime ----------------------------------------------------------------------------------
# Those that the jars name, and beside them: naming (DNS), zip file systems, and jcmd for operators.
modules=java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss
modules=$modules,java.security.sasl,java.sql,java.xml,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns
modules=$modules,jdk.net,jdk.unsupported,jdk.zipfs
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --output "$runtime" \
  --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-9
if command -v strip >/dev/null; then
  strip --strip-unneeded "$runtime/lib/server/libjvm.so"
fi
# The list of security providers is that of a whole JDK. One that is not there is looked for in every jar,
# again at each start: half a second, and 600 classes of Bouncy Castle for nothing.
linked="$("$runtime/bin/java" --list-modules)"
awk -v linked="$linked" '
  BEGIN {
    home["XMLDSig"] = "java.xml.crypto"; home["SunPCSC"] = "java.smartcardio"
    home["JdkSASL"] = "jdk.security.jgss"; home["SunPKCS11"] = "jdk.crypto.cryptoki"
  }
  /^security\.provider\.[0-9]+=/ {
    name = substr($0, index($0, "=") + 1)
    if (name in home && index(linked, home[name] "@") == 0) next
    $0 = "security.provider." ++kept "=" name
  }
  { print }' "$runtime/conf/security/java.security" >"$training/java.security"
cp "$training/java.security" "$runtime/conf/security/java.security"

# --- native libraries as files, so that nothing has to be unpacked at run time -----------------------
case $(uname -m) in
  aarch64) sodium=arm64 netty=aarch_64 ;;
  *) sodium=linux64 netty=x86_64 ;;
esac
unpack() (cd "$training" && "$JAVA_HOME/bin/jar" xf "$1" "$2" && install -m 644 "$2" "$home/native/")
unpack "$(echo "$home"/lib/lazysodium-java-*.jar)" "$sodium/libsodium.so"
unpack "$(echo "$home"/lib/netty-transport-native-epoll-*-linux-"$netty".jar)" \
  "META-INF/native/libnetty_transport_native_epoll_$netty.so"

# --- the archive of classes -----------------------------------------------------------------------------
# A short life of instance and gateway, on a PostgreSQL of their own and therefore not as root, tells which
# classes they load; those are then written to an archive that later starts map into memory.
options="-XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow"
chown builder "$training"
start() { # NAME SETTINGS... -- ARGUMENTS...
  local list="$training/$1.classes" log="$training/$1.log" settings=()
  shift
  while [ "$1" != -- ]; do settings+=("$1"); shift; done
  shift
  # shellcheck disable=SC2086
  setpriv --reuid builder --regid builder --clear-groups env "${settings[@]}" \
    HOME="$training" GATEHOUSE_DATA_DIR="$training/data" \
    "$runtime/bin/java" $options -XX:DumpLoadedClassList="$list" -jar "$home/gatehouse.jar" "$@" \
    >"$log" 2>&1 &
}
await_ready() { # PORT LOG
  for _ in $(seq 240); do
    ! curl -fs -o "$training/ready" "http://127.0.0.1:$1/ready" || return 0
    sleep 0.5
  done
  cat "$2" >&2
  return 1
}
start serve -- serve
serve=$!
await_ready 9090 "$training/serve.log"
start gateway GATEHOUSE_GATEWAY_UPSTREAMS=127.0.0.1:8080 GATEHOUSE_MANAGEMENT_PORT=9091 -- gateway
gateway=$!
await_ready 9091 "$training/gateway.log"
examples/quickstart.sh http://127.0.0.1:8000 >/dev/null
kill "$gateway" "$serve"
wait "$gateway" "$serve"
# One archive for both; the numbers of classes are of one list only, and only odd class loaders need them.
sed 's/ id: [0-9]*$//' "$training/serve.classes" "$training/gateway.classes" |
  awk '!/ source: / && !seen[$0]++' >"$training/classes"

# The image is for a PostgreSQL outside: the embedded one's programs are left out, and so are the jars
# that were carriers of native libraries only.
rm "$home"/lib/embedded-postgres-binaries-*.jar "$home"/lib/lazysodium-java-*.jar \
  "$home"/lib/netty-transport-native-epoll-*-linux-*.jar
# Whole seconds: the archive remembers the time of each jar, and layers keep no fractions.
find "$home" -exec touch -d '2026-01-01T00:00:00Z' {} +
# shellcheck disable=SC2086
"$runtime/bin/java" $options -Xshare:dump -Xlog:cds*=off -Xlog:class+path=off \
  -Xlog:aot*=off -XX:SharedClassListFile="$training/classes" -XX:SharedArchiveFile="$home/archive/serve.jsa" \
  -jar "$home/gatehouse.jar"
ln "$home/archive/serve.jsa" "$home/archive/gateway.jsa"
touch "$home/archive/serve.complete" "$home/archive/gateway.complete"
chmod -R a+rX,go-w "$home" "$runtime"

# --- by layer --------------------------------------------------------------------------------------------
install -d /image/runtime/opt /image/dependencies"$home"/lib /image/application/opt
mv "$runtime" /image/runtime/opt/
cp -a "$home" /image/application/opt/
find /image/application"$home"/lib -name '*.jar' ! -name 'gatehouse-*' \
  -exec mv -t /image/dependencies"$home"/lib {} +
mv /image/application"$home"/native /image/dependencies"$home"/
