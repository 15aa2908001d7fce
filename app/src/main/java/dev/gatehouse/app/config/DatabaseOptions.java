package dev.gatehouse.app.config;

import dev.gatehouse.postgres.database.DriverOptions;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The options of a PostgreSQL URL. Those of libpq are translated to the driver's own, or refused
/// where the driver has nothing that does the same; what neither of them knows is refused. None is
/// ignored: a misspelt `sslmode` would send everything in clear text.
final class DatabaseOptions {
  /// Names with whose values nothing secret is shown.
  private static final Set<String> PLAIN =
      Set.of(
          "ssl",
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "sslNegotiation",
          "channelBinding",
          "targetServerType",
          "loadBalanceHosts",
          "connectTimeout",
          "ApplicationName",
          "currentSchema",
          "prepareThreshold",
          "gssEncMode",
          "requireAuth");

  private DatabaseOptions() {}

  static boolean isPlain(String name) {
    return PLAIN.contains(name);
  }

  /// The options in the driver's own names and values.
  ///
  /// @param query what follows the question mark
  /// @param plusIsBlank as in JDBC's form of a URL, not in libpq's
  static Map<String, String> parse(String query, boolean plusIsBlank) throws InvalidValue {
    if (query.isEmpty()) {
      return Map.of();
    }
    var options = new LinkedHashMap<String, String>();
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      String written = equals < 0 ? each : each.substring(0, equals);
      String value = equals < 0 ? "" : decoded(each.substring(equals + 1), plusIsBlank, written);
      add(options, written, value);
    }
    return TransportOptions.settled(options);
  }

  /// The same as the end of a JDBC URL, the question mark included.
  static String write(Map<String, String> options, Set<String> leftOut) {
    String query =
        options.entrySet().stream()
            .filter(option -> !leftOut.contains(option.getKey()))
            .map(option -> option.getKey() + "=" + encoded(option.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private static void add(Map<String, String> options, String written, String value)
      throws InvalidValue {
    if (LibpqOptions.isUsual(written, value)) {
      return;
    }
    String name = LibpqOptions.driversName(written);
    if (!DriverOptions.names().contains(name)) {
      throw unknown(written);
    }
    String translated = LibpqOptions.driversValue(written, value);
    checkChoice(written, name, translated);
    if (options.putIfAbsent(name, translated) != null) {
      throw fault("%s is given once".formatted(written));
    }
  }

  private static void checkChoice(String written, String name, String value) throws InvalidValue {
    var choices = DriverOptions.choices(name);
    boolean several = name.equals("requireAuth");
    for (String word : several ? value.split(",", -1) : new String[] {value}) {
      if (!choices.isEmpty() && choices.stream().noneMatch(word::equalsIgnoreCase)) {
        throw fault("%s is one of %s".formatted(written, LibpqOptions.choices(written, choices)));
      }
    }
  }

  /// A name far from every known one may be a part of a password, and is not repeated.
  private static InvalidValue unknown(String written) {
    var known = new TreeSet<>(DriverOptions.names());
    known.addAll(LibpqOptions.names());
    return Names.nearest(written, known, Math.min(2, written.length() / 3))
        .map(
            meant ->
                fault("all names are known; %s is not, did you mean %s?".formatted(written, meant)))
        .orElseGet(() -> fault("all names are those of libpq or of the JDBC driver"));
  }

  private static String decoded(String value, boolean plusIsBlank, String name)
      throws InvalidValue {
    boolean plus = plusIsBlank && !name.equals("password") && !name.equals("user");
    try {
      return URLDecoder.decode(plus ? value : value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw fault("% is written as %25");
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8)
        .replace("%2F", "/")
        .replace("%3A", ":")
        .replace("%2C", ",");
  }

  /// @param what completes the sentence "It must be a PostgreSQL URL in whose options ..."
  static InvalidValue fault(String what) {
    return new InvalidValue("a PostgreSQL URL in whose options " + what);
  }
}
