package dev.gatehouse.postgres.backup;

import dev.gatehouse.postgres.database.PostgresSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A database whose tables all have rows, and what is in it.
final class FilledDatabase {
  private final PostgresSettings settings;

  FilledDatabase(PostgresSettings settings) {
    this.settings = settings;
  }

  /// Fills every table, also with values that are hard to write.
  void fill(int users) throws SQLException {
    execute(
        """
        INSERT INTO users (id, email, email_compared, display_name, email_verified, status, roles,
          password_hash, version, created_at, updated_at)
        SELECT gen_random_uuid(), 'User' || n || '@example.org', 'user' || n || '@example.org',
          CASE WHEN n %% 3 = 0 THEN NULL ELSE E'tab\\t back\\\\slash \\\\N line\\nend ü 😀' || n END,
          n %% 2 = 0, 'active', ARRAY['admin', 'a"b,c'], '$argon2id$' || n, n, now(), now()
        FROM generate_series(1, %d) AS n
        """
            .formatted(users));
    execute(
        """
        INSERT INTO sessions (id, user_id, token_hash, generation, rotations, created_at,
          last_used_at, idle_expires_at, expires_at, user_agent, ip)
        SELECT gen_random_uuid(), id, sha256(email::bytea), 1, ARRAY[now()], now(), now(),
          now() + interval '1 day', now() + interval '2 days', 'agent', '192.0.2.1'
        FROM users
        """);
    execute("INSERT INTO revocations (session_id) SELECT gen_random_uuid() FROM users LIMIT 5");
    execute(
        """
        INSERT INTO server_keys (kid, purpose, sequence, public_part, sealed, created_at, active_from)
        VALUES ('kid-1', 'access_token_signing', 1, 'public', 'sealed.part', now(), now()),
          ('kid-2', 'refresh_token_derivation', 1, '', 'sealed.too', now(), now())
        """);
    execute(
        """
        INSERT INTO api_keys (id, name, secret_hash, scopes, created_at)
        VALUES (gen_random_uuid(), 'key', sha256('key'), ARRAY['users:read'], now())
        """);
    execute(
        """
        INSERT INTO audit_events (recorded_at, event, actor, subject, ip, request_id)
        SELECT now(), 'signed_in', 'actor', 'subject', '::1', n::text FROM generate_series(1, 9) n
        """);
    execute("INSERT INTO registrations VALUES ('key', 'request', gen_random_uuid(), now(), NULL)");
    execute("INSERT INTO code_failures VALUES ('ada@example.org', 20, now(), now())");
    execute(
        """
        INSERT INTO flows (id, kind, email, email_canonical, link_hash, code_expires_at, expires_at)
        SELECT gen_random_uuid(), 'sign_in', email, email_compared, sha256(email::bytea), now(), now()
        FROM users
        """);
    execute("INSERT INTO user_imports VALUES ('file', 1, 1, 1, ARRAY['1', 'a', 'b', 'c'], now())");
    execute(
        "INSERT INTO instances (id, seen_at) VALUES (gen_random_uuid(), now() - interval '20 s')");
    execute("INSERT INTO user_changes (user_id, version) SELECT id, 2 FROM users LIMIT 3");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  String text(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  /// Every table of the schema, as the catalog of the server names them.
  List<String> tables() throws SQLException {
    var names = new ArrayList<String>();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                SELECT table_name FROM information_schema.tables
                WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1
                """)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /// What is in these tables, in a few bytes.
  String digest(List<String> tables) throws SQLException {
    String all =
        tables.stream()
            .map(
                table ->
                    "SELECT '%1$s' AS name, md5(coalesce(string_agg(%1$s::text, '|' ORDER BY %1$s::text), '')) AS sum FROM %1$s"
                        .formatted(table))
            .collect(Collectors.joining(" UNION ALL "));
    return text(
        "SELECT string_agg(name || ' ' || sum, ', ' ORDER BY name) FROM (" + all + ") AS t");
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }
}
