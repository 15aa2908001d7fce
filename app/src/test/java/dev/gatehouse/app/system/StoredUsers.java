package dev.gatehouse.app.system;

import dev.gatehouse.postgres.embedded.RunningServer;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/// Looks at the users behind an instance's back.
///
/// @param server its embedded PostgreSQL
/// @param url of the database
record StoredUsers(RunningServer server, String url) {
  static StoredUsers of(RunningGatehouse program) {
    RunningServer server = program.database();
    return new StoredUsers(server, server.url());
  }

  /// A database with nothing in it, on the same server.
  StoredUsers empty(String name) throws SQLException {
    try (var connection = DriverManager.getConnection(url, server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return new StoredUsers(server, url.replaceFirst("/[a-z]+(?=$|\\?)", "/" + name));
  }

  /// What a command is told to work on it.
  Map<String, String> settings(String secretKey) {
    return Map.of(
        "GATEHOUSE_DATABASE_URL",
        url,
        "GATEHOUSE_DATABASE_USER",
        server.user(),
        "GATEHOUSE_DATABASE_PASSWORD",
        server.password(),
        "GATEHOUSE_SECRET_KEY",
        secretKey);
  }

  /// How far an import has come.
  long linesImported() throws SQLException {
    return Long.parseLong(text("SELECT coalesce(max(line), 0) FROM user_imports"));
  }

  /// How many there are whose address begins so.
  long count(String prefix) throws SQLException {
    return Long.parseLong(text("SELECT count(*) FROM users WHERE email LIKE '" + prefix + "%'"));
  }

  /// All of them, with all that an export holds.
  String all() throws SQLException {
    return text(
        """
        SELECT string_agg(moved::text, E'\\n' ORDER BY id)
        FROM (
          SELECT id, email, email_compared, display_name, email_verified, status, roles,
            password_hash, created_at
          FROM users) AS moved
        """);
  }

  private String text(String query) throws SQLException {
    try (var connection = DriverManager.getConnection(url, server.user(), server.password());
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
