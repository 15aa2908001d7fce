# Finds a JDK 25 and exports it as JAVA_HOME. Sourced by mvnw and gatehouse; POSIX sh.
# Search order: JAVA_HOME, JDK25_HOME, the java on the path, then the usual folders.

# A build needs javac. JDK25_NEEDS=java accepts a runtime without the compiler.
is_jdk25() {
  [ -x "$1/bin/${JDK25_NEEDS:-javac}" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".+-]' "$1/release"
}

find_jdk25() {
  on_path=$(command -v java 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
  set +f
  for jdk in "${JAVA_HOME-}" "${JDK25_HOME-}" "$on_path" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.local/share/mise/installs/java/* \
    "${HOME-}"/.asdf/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk@25; do
    if [ -n "$jdk" ] && is_jdk25 "$jdk"; then
      printf '%s\n' "$jdk"
      return 0
    fi
  done
  echo "Gatehouse needs a JDK 25 and found none: install one (for example Eclipse Temurin 25, package temurin-25-jdk) or point JDK25_HOME at it." >&2
  return 1
}

JAVA_HOME=$(find_jdk25) || exit 1
export JAVA_HOME
