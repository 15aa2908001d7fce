package dev.gatehouse.postgres.migration;

import java.time.Duration;

/// How long a script waits for locks that other sessions hold. Every other statement on the same
/// table queues behind the script: so each wait is short, and a pause between two attempts gives
/// these statements their turn.
///
/// @param each the longest wait of a statement
/// @param attempts before the migration fails
/// @param pause between two
record LockWaits(Duration each, int attempts, Duration pause) {
  static final LockWaits STANDARD = new LockWaits(Duration.ofSeconds(2), 20, Duration.ofSeconds(3));

  @Override
  public String toString() {
    return "at each of %d attempts of %d ms".formatted(attempts, each.toMillis());
  }
}
