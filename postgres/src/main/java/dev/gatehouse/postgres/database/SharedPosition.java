package dev.gatehouse.postgres.database;

import java.util.Optional;

/// A place outside the database where instances share the highest position they have seen. Losing
/// it, or an update of it, delays what others learn and does nothing else. Thread-safe.
public interface SharedPosition {
  /// What was read.
  ///
  /// @param responded whether the place responded; nothing is written to it otherwise
  /// @param position the one that was stored last, if any
  record Reading(boolean responded, Optional<ServerPosition> position) {
    /// The place does not respond.
    public static final Reading NONE = new Reading(false, Optional.empty());
  }

  /// Reads the position that was stored last.
  Reading read();

  /// Stores a position in place of the one before.
  void write(ServerPosition position);
}
