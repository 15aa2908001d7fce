package dev.gatehouse.postgres.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a database must be like for the program to work on it. Asked at the start: each of these
/// would otherwise show only when a request fails.
public final class ServerRequirements {
  private static final Logger log = LoggerFactory.getLogger(ServerRequirements.class);
  private static final int OLDEST = 15;
  private static final int NEWEST = 18;

  private static final String LOOK =
      """
      SELECT current_setting('server_version_num')::integer / 10000 AS version,
        current_setting('server_version') AS version_text,
        current_setting('server_encoding') AS encoding,
        current_setting('transaction_read_only')::boolean AS read_only,
        pg_is_in_recovery() AS standby,
        current_user AS role,
        coalesce(inet_server_port(), 0) AS port,
        coalesce(current_schema(), '') AS schema,
        coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS creates,
        coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted
      """;

  private static final String RIGHTS =
      """
      SELECT wanted.name, needed.privilege
      FROM unnest(ARRAY['users', 'sessions', 'revocations', 'server_keys', 'api_keys', 'registrations',
          'user_changes', 'instances', 'database_epochs']) AS wanted (name)
        CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS needed (privilege)
      WHERE to_regclass(quote_ident(wanted.name)) IS NOT NULL
        AND NOT has_table_privilege(to_regclass(quote_ident(wanted.name)), needed.privilege)
      ORDER BY wanted.name, needed.privilege
      """;

  private ServerRequirements() {}

  /// What a server is like, as this role sees it.
  ///
  /// @param port that it listens on; 0 when it was reached in another way
  /// @param missing rights on tables, each as `DELETE on users`
  public record Found(
      int version,
      String encoding,
      boolean readOnly,
      boolean standby,
      String role,
      int port,
      String schema,
      boolean creates,
      boolean encrypted,
      List<String> missing) {
    /// Logs a warning when the connection crosses a network in clear text.
    public void warnOfClearText(PostgresSettings settings) {
      ClearText.warning(settings, encrypted).ifPresent(log::warn);
    }

    /// Refuses a database that takes no writes from this role.
    public void requireWritable(String address) {
      if (standby) {
        throw new DatabaseStartException(
            "the database %s is a standby, which takes no writes: name the primary, or all servers"
                    .formatted(address)
                + " with ?target_session_attrs=read-write");
      }
      if (readOnly) {
        throw new DatabaseStartException(
            "the database %s takes no writes from the role %s: default_transaction_read_only is on;"
                    .formatted(address, role)
                + " turn it off for this role or database");
      }
    }

    /// Refuses a role that may not make the tables.
    public void requireCreation(String address) {
      if (!creates) {
        String where = schema.isEmpty() ? "public" : schema;
        throw new DatabaseStartException(
            "the role %s may not make tables in the schema %s of %s, as a migration must: run"
                    .formatted(role, where, address)
                + " GRANT USAGE, CREATE ON SCHEMA %s TO %s; as its owner, or gatehouse migrate as a"
                    .formatted(where, role)
                + " role that may");
      }
    }

    /// Refuses a role that may not use the tables that are there.
    public void requireTables(String address) {
      if (!missing.isEmpty()) {
        throw new DatabaseStartException(
            "the role %s lacks rights on tables of %s: %s; GRANT them, or sign in as the role that"
                    .formatted(role, address, String.join(", ", missing))
                + " owns the tables");
      }
    }
  }

  /// Looks, and refuses what no right and no migration changes: encoding and version.
  public static Found look(Connection connection, String address, int seconds) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      try (var rows = statement.executeQuery(LOOK)) {
        rows.next();
        requireVersion(rows.getInt("version"), rows.getString("version_text"), address);
        requireEncoding(rows.getString("encoding"), address);
        return found(rows, missing(connection, seconds));
      }
    }
  }

  private static Found found(ResultSet rows, List<String> missing) throws SQLException {
    return new Found(
        rows.getInt("version"),
        rows.getString("encoding"),
        rows.getBoolean("read_only"),
        rows.getBoolean("standby"),
        rows.getString("role"),
        rows.getInt("port"),
        rows.getString("schema"),
        rows.getBoolean("creates"),
        rows.getBoolean("encrypted"),
        missing);
  }

  private static List<String> missing(Connection connection, int seconds) throws SQLException {
    var missing = new ArrayList<String>();
    try (var statement = connection.createStatement()) {
      statement.setQueryTimeout(seconds);
      try (var rows = statement.executeQuery(RIGHTS)) {
        while (rows.next()) {
          missing.add(rows.getString("privilege") + " on " + rows.getString("name"));
        }
      }
    }
    return missing;
  }

  static void requireVersion(int version, String written, String address) {
    if (version < OLDEST) {
      throw new DatabaseStartException(
          "the database %s is PostgreSQL %s; versions %d to %d are supported"
              .formatted(address, written, OLDEST, NEWEST));
    }
    if (version > NEWEST) {
      log.warn(
          "The database {} is PostgreSQL {}; this release is tested with versions {} to {}",
          address,
          written,
          OLDEST,
          NEWEST);
    }
  }

  private static void requireEncoding(String encoding, String address) {
    if (!encoding.equals("UTF8")) {
      throw new DatabaseStartException(
          "the database %s has the encoding %s, in which not every name can be stored: create it with"
                  .formatted(address, encoding)
              + " CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0");
    }
  }
}
