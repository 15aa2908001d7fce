package dev.gatehouse.postgres.token;

import dev.gatehouse.accounts.token.NewServerKey;
import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.accounts.token.ServerKey.Purpose;
import dev.gatehouse.accounts.token.ServerKeys;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The store of server keys on PostgreSQL. One round trip for each call.
public final class PostgresServerKeys implements ServerKeys {
  private final Database database;

  public PostgresServerKeys(Database database) {
    this.database = database;
  }

  private static final Sql LIST =
      Sql.of(
          """
          SELECT kid, purpose, sequence, public_part, sealed, created_at, active_from
          FROM server_keys
          WHERE purpose = :purpose
          ORDER BY sequence
          """);

  @Override
  public List<ServerKey> list(Purpose purpose) {
    var call = LIST.with("purpose", name(purpose));
    return database.read(statements -> statements.query(call, PostgresServerKeys::key));
  }

  private static final Sql ADD =
      Sql.of(
          """
          INSERT INTO server_keys (
            kid, purpose, sequence, public_part, sealed, created_at, active_from)
          VALUES (
            :kid, :purpose, :sequence, :public_part, :sealed, now(),
            now() + :lead_ms * interval '1 millisecond')
          ON CONFLICT DO NOTHING
          """);

  @Override
  public boolean add(NewServerKey key) {
    var call =
        ADD.with("kid", key.kid())
            .and("purpose", name(key.purpose()))
            .and("sequence", key.sequence())
            .and("public_part", key.publicPart())
            .and("sealed", key.sealed())
            .and("lead_ms", key.lead().toMillis());
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static final Sql RESEAL =
      Sql.of("UPDATE server_keys SET sealed = :next WHERE kid = :kid AND sealed = :current");

  @Override
  public boolean reseal(String kid, String current, String next) {
    var call = RESEAL.with("kid", kid).and("current", current).and("next", next);
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static final Sql REMOVE_SUPERSEDED =
      Sql.of(
          """
          DELETE FROM server_keys AS key
          USING server_keys AS later
          WHERE key.kid = :kid
            AND later.purpose = key.purpose
            AND later.sequence > key.sequence
            AND later.active_from < now() - :superseded_ms * interval '1 millisecond'
          """);

  @Override
  public boolean removeSuperseded(String kid, Duration superseded) {
    var call = REMOVE_SUPERSEDED.with("kid", kid).and("superseded_ms", superseded.toMillis());
    return database.write(statements -> statements.update(call)) == 1;
  }

  private static ServerKey key(ResultSet row) throws SQLException {
    return new ServerKey(
        row.getString("kid"),
        Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
        row.getInt("sequence"),
        row.getString("public_part"),
        row.getString("sealed"),
        Times.instant(row, "created_at"),
        Times.instant(row, "active_from"));
  }

  private static String name(Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }
}
