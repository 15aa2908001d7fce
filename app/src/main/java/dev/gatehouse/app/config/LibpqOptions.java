package dev.gatehouse.app.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What libpq calls its options (PostgreSQL manual, 34.1.2), and what the JDBC driver calls them.
final class LibpqOptions {
  private static final Map<String, String> RENAMED =
      Map.ofEntries(
          Map.entry("application_name", "ApplicationName"),
          Map.entry("channel_binding", "channelBinding"),
          Map.entry("connect_timeout", "connectTimeout"),
          Map.entry("gssencmode", "gssEncMode"),
          Map.entry("keepalives", "tcpKeepAlive"),
          Map.entry("krbsrvname", "kerberosServerName"),
          Map.entry("load_balance_hosts", "loadBalanceHosts"),
          Map.entry("require_auth", "requireAuth"),
          Map.entry("sslnegotiation", "sslNegotiation"),
          Map.entry("target_session_attrs", "targetServerType"));

  private static final Map<String, Map<String, String>> VALUES =
      Map.of(
          "target_session_attrs",
          Map.of(
              "any", "any",
              "read-write", "primary",
              "primary", "primary",
              "read-only", "secondary",
              "standby", "secondary",
              "prefer-standby", "preferSecondary"),
          "load_balance_hosts",
          Map.of("disable", "false", "random", "true"),
          "keepalives",
          Map.of("1", "true", "0", "false"));

  /// What has the same effect when it is left out.
  private static final Map<String, Set<String>> USUAL =
      Map.of(
          "client_encoding", Set.of("utf8", "utf-8", "auto"),
          "sslcompression", Set.of("0"),
          "sslsni", Set.of("1"),
          "sslcertmode", Set.of("allow"),
          "min_protocol_version", Set.of("3.0"));

  private static final String NO_MATCH = "the JDBC driver has nothing like it";
  private static final String KERNEL = "the operating system's setting counts";
  private static final String PLACE = "hosts, ports and the database stand in front of the options";
  private static final String FILES = "address, user and password are settings of their own";

  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("host", PLACE),
          Map.entry("port", PLACE),
          Map.entry("dbname", PLACE),
          Map.entry("hostaddr", "an address is written in the place of the host"),
          Map.entry("passfile", FILES),
          Map.entry("service", FILES),
          Map.entry("servicefile", FILES),
          Map.entry("client_encoding", "the encoding is UTF8"),
          Map.entry("fallback_application_name", "application_name serves"),
          Map.entry("keepalives_idle", KERNEL),
          Map.entry("keepalives_interval", KERNEL),
          Map.entry("keepalives_count", KERNEL),
          Map.entry("tcp_user_timeout", KERNEL),
          Map.entry("sslcrl", NO_MATCH),
          Map.entry("sslcrldir", NO_MATCH),
          Map.entry("sslsni", NO_MATCH),
          Map.entry("sslcertmode", NO_MATCH),
          Map.entry("sslcompression", NO_MATCH),
          Map.entry("sslkeylogfile", NO_MATCH),
          Map.entry("ssl_min_protocol_version", "TLS 1.2 is the least"),
          Map.entry("ssl_max_protocol_version", NO_MATCH),
          Map.entry("min_protocol_version", NO_MATCH),
          Map.entry("max_protocol_version", NO_MATCH),
          Map.entry("requiressl", "sslmode serves"),
          Map.entry("requirepeer", "Unix sockets are not used"),
          Map.entry("gssdelegation", NO_MATCH),
          Map.entry("replication", "no replication is done"),
          Map.entry("scram_client_key", NO_MATCH),
          Map.entry("scram_server_key", NO_MATCH),
          Map.entry("oauth_issuer", NO_MATCH),
          Map.entry("oauth_client_id", NO_MATCH),
          Map.entry("oauth_client_secret", NO_MATCH),
          Map.entry("oauth_scope", NO_MATCH),
          // The driver's own.
          Map.entry("PGHOST", PLACE),
          Map.entry("PGPORT", PLACE),
          Map.entry("PGDBNAME", PLACE),
          Map.entry("socketTimeout", "GATEHOUSE_DATABASE_STATEMENT_TIMEOUT serves"),
          Map.entry("queryTimeout", "GATEHOUSE_DATABASE_STATEMENT_TIMEOUT serves"),
          Map.entry("loginTimeout", "connectTimeout serves"),
          Map.entry("readOnly", "everything but reading would fail"),
          Map.entry("hostRecheckSeconds", "hosts are looked at again after a second"),
          Map.entry("assumeMinServerVersion", "it is known"),
          Map.entry("preferQueryMode", "statements are prepared"),
          Map.entry("protocolVersion", "it is known"));

  private LibpqOptions() {}

  static Set<String> names() {
    var names = new TreeSet<>(RENAMED.keySet());
    names.addAll(REFUSED.keySet());
    return names;
  }

  /// Whether an option says what holds without it.
  static boolean isUsual(String name, String value) {
    return USUAL.getOrDefault(name, Set.of()).stream().anyMatch(value::equalsIgnoreCase);
  }

  /// The driver's name for an option of either.
  ///
  /// @throws InvalidValue for one that has no effect here
  static String driversName(String name) throws InvalidValue {
    String reason = REFUSED.get(name);
    if (reason != null) {
      throw DatabaseOptions.fault("%s is not used: %s".formatted(name, reason));
    }
    return RENAMED.getOrDefault(name, name);
  }

  /// The driver's value for that of an option of either.
  static String driversValue(String name, String value) throws InvalidValue {
    Map<String, String> values = VALUES.get(name);
    if (values != null && !values.containsKey(value)) {
      throw DatabaseOptions.fault("%s is one of %s".formatted(name, choices(name, List.of())));
    }
    boolean seconds = name.equals("connect_timeout") || name.equals("connectTimeout");
    if (seconds && !value.matches("[0-9]{1,4}")) {
      throw DatabaseOptions.fault("%s is a number of seconds".formatted(name));
    }
    return values == null ? value : values.getOrDefault(value, value);
  }

  /// The values that an option may have, as text.
  static String choices(String name, List<String> driversChoices) {
    Map<String, String> values = VALUES.get(name);
    return String.join(
        ", ", values == null ? driversChoices : values.keySet().stream().sorted().toList());
  }
}
