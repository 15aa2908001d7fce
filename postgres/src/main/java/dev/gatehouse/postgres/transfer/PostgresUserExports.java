package dev.gatehouse.postgres.transfer;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.transfer.UserExports;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.user.UserRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Exports accounts from PostgreSQL. Each page is a range of the primary key, read in a separate
/// transaction, so that a long export does not delay vacuum.
public final class PostgresUserExports implements UserExports {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Database database;

  public PostgresUserExports(Database database) {
    this.database = database;
  }

  private static final Sql PAGE =
      Sql.of(
          UserRows.SELECT_CREDENTIALS
              + """
          WHERE id > :after
          ORDER BY id
          LIMIT :limit
          """);

  @Override
  public List<Credentials> page(Optional<UserId> after, int limit) {
    var call = PAGE.with("after", after.map(UserId::value).orElse(BEFORE_ALL)).and("limit", limit);
    return database.read(statements -> statements.query(call, UserRows::credentials));
  }
}
