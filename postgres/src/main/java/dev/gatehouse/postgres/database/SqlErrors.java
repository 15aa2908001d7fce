package dev.gatehouse.postgres.database;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What the server's error codes (PostgreSQL manual, appendix A) mean to the caller.
public final class SqlErrors {
  private static final String EMAIL_INDEX = "users_email_compared_key";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String READ_ONLY = "25006";

  /// Connection exceptions, a server that stops, crashes or starts, and one that takes no writes:
  /// it is no longer the primary, and another is.
  private static final Set<String> SERVER_AWAY =
      Set.of("57P01", "57P02", "57P03", "57P05", READ_ONLY);

  /// Statement cancelled, lock not got in time, transaction idle or open for too long.
  private static final Set<String> TOO_SLOW = Set.of("57014", "55P03", "25P03", "25P04");

  /// Insufficient resources (disk full, memory, connections), system errors (I/O), and transactions
  /// the server rolled back for the sake of others: repeating may help.
  private static final Set<String> PASSING_CLASSES = Set.of("53", "58", "40");

  private SqlErrors() {}

  public static GatehouseException from(SQLException failure) {
    String state = state(failure);
    if (isServerAway(failure) || PASSING_CLASSES.contains(stateClass(state))) {
      return Unavailable.dependency(failure);
    }
    if (TOO_SLOW.contains(state)) {
      return Unavailable.deadlineExceeded(failure);
    }
    if (state.equals(UNIQUE_VIOLATION) && constraint(failure).equals(EMAIL_INDEX)) {
      return Refusal.emailTaken();
    }
    return new Fault("a statement failed: SQL state " + state, failure);
  }

  /// Whether the server cannot be reached, or the connection to it broke, or the pool had none to
  /// give.
  public static boolean isServerAway(SQLException failure) {
    return failure instanceof SQLTransientConnectionException || isDeadConnection(failure);
  }

  /// Whether the server cannot be reached on this connection, another one may be fine.
  static boolean isDeadConnection(SQLException failure) {
    String state = state(failure);
    boolean broken = stateClass(state).equals("08") || SERVER_AWAY.contains(state);
    return broken && !(failure instanceof SQLTransientConnectionException);
  }

  /// Whether the server, once the primary, takes no writes any more.
  static boolean isDemotion(SQLException failure) {
    return state(failure).equals(READ_ONLY);
  }

  private static String stateClass(String state) {
    return state.length() < 2 ? "" : state.substring(0, 2);
  }

  private static String state(SQLException failure) {
    return Optional.ofNullable(failure.getSQLState()).orElse("");
  }

  private static String constraint(SQLException failure) {
    return failure instanceof PSQLException fromServer
        ? Optional.ofNullable(fromServer.getServerErrorMessage())
            .map(ServerErrorMessage::getConstraint)
            .orElse("")
        : "";
  }
}
