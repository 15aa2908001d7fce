#!/bin/sh
# Builds the client library and runs WhoAmI.java with it against running instances.
#
#   examples/client/run.sh [HOST:PORT,HOST:PORT] [ISSUER]
#
# Without arguments: one instance started by ./gatehouse serve.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
instances=${1:-127.0.0.1:8080}
issuer=${2:-http://127.0.0.1:8080}
. "$root/bin/jdk25.sh"
(cd "$root" && ./mvnw -q -B package -pl client -am -Dmaven.test.skip=true -Dspotless.check.skip=true)
exec "$JAVA_HOME/bin/java" -cp "$root/client/target/gatehouse-client.jar:$root/client/target/lib/*" \
  "$root/examples/client/WhoAmI.java" "$instances" "$issuer"
