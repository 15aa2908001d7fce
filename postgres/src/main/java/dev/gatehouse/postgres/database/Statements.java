package dev.gatehouse.postgres.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs statements on the one connection a piece of work holds. The driver keeps their prepared
/// forms on the connection, so preparing one again costs a look-up. For one thread.
public final class Statements {
  private final Connection connection;
  private final StatementListener listener;

  public Statements(Connection connection) {
    this(connection, StatementListener.NONE);
  }

  Statements(Connection connection, StatementListener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  /// Every row of a query.
  public <T> List<T> query(Sql.Call call, RowReader<T> reader) throws SQLException {
    return run(
        call,
        statement -> {
          try (var rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
              found.add(reader.read(rows));
            }
            return List.copyOf(found);
          }
        });
  }

  /// The row of a query that has at most one.
  public <T> Optional<T> first(Sql.Call call, RowReader<T> reader) throws SQLException {
    return run(
        call,
        statement -> {
          try (var rows = statement.executeQuery()) {
            return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
          }
        });
  }

  /// Changes rows.
  ///
  /// @return how many
  public int update(Sql.Call call) throws SQLException {
    return run(call, PreparedStatement::executeUpdate);
  }

  private <T> T run(Sql.Call call, Execution<T> execution) throws SQLException {
    StatementListener.Run run = listener.began(call.text());
    SQLException failure = null;
    try (var statement = prepare(call)) {
      return execution.of(statement);
    } catch (SQLException failed) {
      failure = failed;
      throw failed;
    } finally {
      run.ended(failure);
    }
  }

  private PreparedStatement prepare(Sql.Call call) throws SQLException {
    var statement = connection.prepareStatement(call.text());
    @Nullable Object[] values = call.values();
    for (int place = 0; place < values.length; place++) {
      bind(statement, place + 1, values[place]);
    }
    return statement;
  }

  /// Each kind of value always goes as one and the same SQL type: another type would have the
  /// statement prepared again.
  private static void bind(PreparedStatement statement, int place, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> statement.setNull(place, Types.VARCHAR);
      case String text -> statement.setString(place, text);
      case Instant instant -> statement.setObject(place, timestamp(instant));
      default -> statement.setObject(place, value);
    }
  }

  private static OffsetDateTime timestamp(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  /// Makes a value of the row the cursor is on.
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  @FunctionalInterface
  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }
}
