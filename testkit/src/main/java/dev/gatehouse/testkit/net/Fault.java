package dev.gatehouse.testkit.net;

import java.time.Duration;

/// What a network does to the bytes it carries.
public sealed interface Fault {
  /// Carries them.
  record None() implements Fault {}

  /// Carries them later.
  ///
  /// @param least the shortest time a piece is held back
  /// @param spread up to so much longer, differently for each piece
  record Delay(Duration least, Duration spread) implements Fault {}

  /// Accepts connections and bytes, and carries none until the fault is gone.
  record Hang() implements Fault {}

  /// Resets the connections there are, and new ones too.
  record Cut() implements Fault {}

  /// Resets a connection in the middle of what the server answers.
  ///
  /// @param most a connection carries fewer bytes than this back; at least 1
  record Truncate(int most) implements Fault {}

  /// Carries them slowly.
  ///
  /// @param bytesPerSecond in each direction of each connection
  record Throttle(int bytesPerSecond) implements Fault {}
}
