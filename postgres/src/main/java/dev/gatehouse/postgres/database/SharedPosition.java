package dev.gatehouse.postgres.database;

import java.util.Optional;

/// A place outside the database where instances share the highest position they have seen. Losing
/// it, or an update of it, delays what others learn and does nothing else. Thread-safe.
public interface SharedPosition {
  /// The position that was stored last; empty when there is none or the place does not respond.
  Optional<ServerPosition> read();

  /// Stores a position in place of the one before.
  void write(ServerPosition position);
}
