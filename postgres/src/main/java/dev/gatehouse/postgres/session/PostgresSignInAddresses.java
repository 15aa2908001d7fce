package dev.gatehouse.postgres.session;

import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import java.util.List;

/// Reads from the open sessions where an account is signed in.
public final class PostgresSignInAddresses implements SignInAddresses {
  private static final Sql ADDRESSES =
      Sql.of(
          """
          SELECT ip
          FROM sessions
          WHERE user_id IN (
            SELECT id
            FROM users
            WHERE email_compared = :account
              OR (octet_length(email_compared) <> char_length(email_compared)
                AND email_folded(email_compared) COLLATE "C" = :account))
            AND least(idle_expires_at, expires_at) > now()
          ORDER BY id DESC
          LIMIT 200
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
