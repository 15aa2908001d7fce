package dev.gatehouse.app.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// How the options on TLS go together. What asks for an encrypted connection gets one, or is
/// refused in words: without `sslmode`, or with a weak one, a client goes on in clear text where
/// the server has no TLS, whatever certificates are named beside it.
final class TransportOptions {
  private static final String MODE = "sslmode";
  private static final String ROOTS = "sslrootcert";
  private static final String SYSTEM_ROOTS = "system";
  private static final String VERIFIED = "verify-full";
  private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", VERIFIED);

  private TransportOptions() {}

  /// The options, those on TLS completed so that they mean in the driver what they mean in libpq.
  static Map<String, String> settled(Map<String, String> given) throws InvalidValue {
    var options = new LinkedHashMap<>(given);
    boolean javas = "true".equalsIgnoreCase(options.getOrDefault("ssl", "false"));
    String mode = options.getOrDefault(MODE, "").toLowerCase(Locale.ROOT);
    if (javas && !mode.isEmpty() && !ENCRYPTED.contains(mode)) {
      throw DatabaseOptions.fault("ssl=true and sslmode=%s contradict each other".formatted(mode));
    }
    if (javas && mode.isEmpty()) {
      mode = VERIFIED;
    }
    if (SYSTEM_ROOTS.equals(options.get(ROOTS))) {
      useSystemRoots(options, mode);
      return options;
    }
    if ("require".equalsIgnoreCase(options.getOrDefault("channelBinding", ""))) {
      mode = bound(options, mode);
    }
    for (String name : new String[] {ROOTS, "sslcert", "sslkey", "sslpassword"}) {
      require(options.containsKey(name), name, mode);
    }
    require(
        "direct".equalsIgnoreCase(options.get("sslNegotiation")), "sslnegotiation=direct", mode);
    if (options.containsKey(ROOTS) && mode.equals("require")) {
      options.put(MODE, "verify-ca");
    }
    return options;
  }

  private static void require(boolean named, String name, String mode) throws InvalidValue {
    if (named && !ENCRYPTED.contains(mode)) {
      throw DatabaseOptions.fault(
          "%s goes with sslmode=verify-full, verify-ca or require, since the connection could be"
                  .formatted(name)
              + " in clear text otherwise");
    }
  }

  private static String bound(Map<String, String> options, String mode) throws InvalidValue {
    if (mode.equals("disable")) {
      throw DatabaseOptions.fault(
          "channel_binding=require and sslmode=disable contradict each other");
    }
    if (ENCRYPTED.contains(mode)) {
      return mode;
    }
    options.put(MODE, "require");
    return "require";
  }

  private static void useSystemRoots(Map<String, String> options, String mode) throws InvalidValue {
    if (!mode.isEmpty() && !mode.equals(VERIFIED)) {
      throw DatabaseOptions.fault("sslrootcert=system goes with sslmode=verify-full");
    }
    options.remove(ROOTS);
    options.put(MODE, VERIFIED);
    options.putIfAbsent("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
  }
}
