package dev.gatehouse.postgres.transfer;

import dev.gatehouse.accounts.transfer.ImportBatch;
import dev.gatehouse.accounts.transfer.ImportId;
import dev.gatehouse.accounts.transfer.ImportProgress;
import dev.gatehouse.accounts.transfer.UserImports;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Imports on PostgreSQL: one transaction of a few statements for each batch.
public final class PostgresUserImports implements UserImports {
  /// How many imports are remembered.
  static final int REMEMBERED = 100;

  private final Database database;

  public PostgresUserImports(Database database) {
    this.database = database;
  }

  private static final Sql FIND =
      Sql.of(
          "SELECT line, imported, rejected, latest_rejects FROM user_imports WHERE file = :file");

  @Override
  public ImportProgress find(ImportId file) {
    var call = FIND.with("file", file.text());
    return database
        .read(statements -> statements.first(call, PostgresUserImports::progress))
        .orElse(ImportProgress.NONE);
  }

  private static final Sql FORGET = Sql.of("DELETE FROM user_imports WHERE file = :file");

  @Override
  public void forget(ImportId file) {
    database.write(statements -> statements.update(FORGET.with("file", file.text())));
  }

  @Override
  public ImportProgress add(ImportId file, ImportBatch batch) {
    return database.transaction(
        statements -> {
          ImportProgress after = batch.after(BulkInsert.add(statements, batch.entries()));
          note(statements, file, batch.before(), after);
          return after;
        });
  }

  private static final Sql NOTE =
      Sql.of(
          """
          INSERT INTO user_imports (file, line, imported, rejected, latest_rejects)
          VALUES (:file, :line, :imported, :rejected, :latest_rejects)
          ON CONFLICT (file) DO UPDATE
          SET line = excluded.line, imported = excluded.imported, rejected = excluded.rejected,
            latest_rejects = excluded.latest_rejects, updated_at = clock_timestamp()
          WHERE user_imports.line = :before
          """);

  private static final Sql FORGET_OLD =
      Sql.of(
          """
          DELETE FROM user_imports
          WHERE file IN (SELECT file FROM user_imports ORDER BY updated_at DESC OFFSET :kept)
          """);

  private static void note(
      Statements statements, ImportId file, ImportProgress before, ImportProgress after)
      throws SQLException {
    var call =
        NOTE.with("file", file.text())
            .and("line", after.line())
            .and("imported", after.imported())
            .and("rejected", after.rejected())
            .and("latest_rejects", RejectCodec.write(after.latest()))
            .and("before", before.line());
    if (statements.update(call) == 0) {
      throw new Refusal(
          ErrorCode.STALE_VERSION, "Another run of the same import has come further meanwhile.");
    }
    if (before.line() == 0) {
      statements.update(FORGET_OLD.with("kept", REMEMBERED));
    }
  }

  private static ImportProgress progress(ResultSet row) throws SQLException {
    return new ImportProgress(
        row.getLong("line"),
        row.getLong("imported"),
        row.getLong("rejected"),
        RejectCodec.read((String[]) row.getArray("latest_rejects").getArray()));
  }
}
