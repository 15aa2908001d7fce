package dev.gatehouse.testkit.net;

import java.time.Duration;

/// The behaviour of a network.
public sealed interface Fault {
  /// Forwards bytes.
  record None() implements Fault {}

  /// Delays bytes.
  ///
  /// @param least the shortest delay of a piece
  /// @param spread the largest additional random delay of a piece
  record Delay(Duration least, Duration spread) implements Fault {}

  /// Accepts connections and bytes, and forwards none until the fault ends.
  record Hang() implements Fault {}

  /// Resets existing and new connections.
  record Cut() implements Fault {}

  /// Resets a connection within a response of the server.
  ///
  /// @param most the exclusive upper bound of the response bytes of a connection; at least 1
  record Truncate(int most) implements Fault {}

  /// Limits the bandwidth.
  ///
  /// @param bytesPerSecond in each direction of each connection
  record Throttle(int bytesPerSecond) implements Fault {}
}
