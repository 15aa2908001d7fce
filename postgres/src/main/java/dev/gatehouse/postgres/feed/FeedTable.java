package dev.gatehouse.postgres.feed;

import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// A table to which transactions append, read again and again: each reading returns what became
/// visible since the one before. No wall clock has a part in that, and a late commit is never
/// skipped.
///
/// The cursor is the server's snapshot at the last reading: which transactions were running, and
/// the first number not given away. A row is new when its transaction was running then, or began
/// later. That is exact on one connection, whatever the order in which transactions draw positions
/// and commit, and a transaction that stays open only adds itself to the list of those to look for.
///
/// Snapshots of one server mean nothing on another, and after a crash a server gives the numbers of
/// lost transactions away again. So the first reading over another connection also returns the rows
/// behind and above the last known position; and all that may matter, as at a start, when the
/// server's newest position is behind that one.
///
/// @param here the snapshot, the newest position, and whether the server is a standby
/// @param start rows of a window of time, or above a position
/// @param since rows that are not visible in a snapshot, or above a position
/// @param reread how many positions are read again without regard to time at a start
public record FeedTable<T>(
    Sql here, Sql start, Sql since, long reread, Statements.RowReader<T> row) {
  /// More positions than are drawn by transactions that run at one moment, or lost at a failover.
  private static final long MARGIN = 10_000;

  private static final String READ_ONLY = "25006";

  /// How far a table was read.
  ///
  /// @param next the first transaction that had not begun
  /// @param running the earlier ones that had not ended, as the server writes an array
  /// @param position the newest that was known
  public record Cursor(String next, String running, long position) {}

  /// Rows, and the cursor to keep once they are dealt with.
  public record Reading<T>(List<T> rows, Cursor next) {}

  /// The server's state before a reading: what becomes visible in between is read twice.
  private record Here(String next, String running, long newest) {
    Cursor after(long position) {
      return new Cursor(next, running, newest == 0 ? position : newest);
    }
  }

  /// Reads all that may matter.
  ///
  /// @param window how far back rows matter, by the server's clock
  public Reading<T> start(Statements statements, Duration window) throws SQLException {
    return start(statements, here(statements), window);
  }

  /// Reads on over the connection of the last reading.
  public Reading<T> next(Statements statements, Cursor last) throws SQLException {
    return since(statements, here(statements), last, Long.MAX_VALUE);
  }

  /// Reads on over another connection than that of the last reading.
  ///
  /// @param window as at a start
  public Reading<T> resume(Statements statements, Cursor last, Duration window)
      throws SQLException {
    Here now = here(statements);
    return now.newest < last.position
        ? start(statements, now, window)
        : since(statements, now, last, last.position - MARGIN);
  }

  private Reading<T> start(Statements statements, Here now, Duration window) throws SQLException {
    var call = start.with("window_ms", window.toMillis()).and("above", now.newest - reread);
    return new Reading<>(statements.query(call, row), now.after(0));
  }

  private Reading<T> since(Statements statements, Here now, Cursor last, long above)
      throws SQLException {
    var call = since.with("next", last.next).and("running", last.running).and("above", above);
    return new Reading<>(statements.query(call, row), now.after(last.position));
  }

  private Here here(Statements statements) throws SQLException {
    return statements.first(here.call(), FeedTable::here).orElseThrow();
  }

  private static Here here(ResultSet row) throws SQLException {
    if (row.getBoolean("standby")) {
      throw new SQLException("the server is a standby, which may be behind", READ_ONLY);
    }
    return new Here(row.getString("next"), row.getString("running"), row.getLong("newest"));
  }
}
