package dev.gatehouse.postgres.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Follows the statements of requests. Called on the thread that runs them, which waits: must be
/// quick and not throw. Thread-safe.
@FunctionalInterface
public interface StatementListener {
  /// Follows nothing.
  StatementListener NONE = _ -> Run.NONE;

  /// A statement is about to be sent.
  ///
  /// @param text with question marks in the place of values
  Run began(String text);

  /// One run of a statement.
  @FunctionalInterface
  interface Run {
    /// Follows nothing.
    Run NONE = _ -> {};

    /// The statement is done and its rows are read.
    ///
    /// @param failure what went wrong, null when nothing did
    void ended(@Nullable SQLException failure);
  }
}
