package dev.gatehouse.postgres.database;

/// The program cannot start on its database. The message is one clear line for the operator, who
/// can do something about it.
public final class DatabaseStartException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// A refusal to start.
  public DatabaseStartException(String message) {
    super(message);
  }

  /// A refusal to start, with what led to it.
  public DatabaseStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
