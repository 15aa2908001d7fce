package dev.gatehouse.postgres.session;

import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.util.List;

/// Reads from where an account has signed in: from its open sessions, and from the audit log for
/// those that ended.
public final class PostgresSignInAddresses implements SignInAddresses {
  /// Failed guesses are in the audit log too, under the same subject: the bound is what 8 hours of
  /// guesses at the standard limit write.
  private static final Sql ADDRESSES =
      Sql.of(
          """
          WITH account AS MATERIALIZED (
            SELECT id
            FROM users
            WHERE email_compared = :account
              OR (octet_length(email_compared) <> char_length(email_compared)
                AND email_folded(email_compared) COLLATE "C" = :account))
          (SELECT s.ip
            FROM account a JOIN sessions s ON s.user_id = a.id
            WHERE least(s.idle_expires_at, s.expires_at) > now()
            ORDER BY s.id DESC
            LIMIT 200)
          UNION
          (SELECT e.ip
            FROM account a CROSS JOIN LATERAL (
              SELECT event, ip
              FROM audit_events
              WHERE subject = a.id::text
              ORDER BY sequence DESC
              LIMIT 5000) AS e
            WHERE e.event = 'sign_in_succeeded'
            LIMIT 200)
          """);

  private final Database database;

  public PostgresSignInAddresses(Database database) {
    this.database = database;
  }

  @Override
  public List<String> of(String account) {
    var call = ADDRESSES.with("account", account);
    return database.read(statements -> statements.query(call, row -> row.getString("ip")));
  }
}
