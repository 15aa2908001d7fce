package dev.gatehouse.resilience.clock;

import java.time.Duration;
import java.time.Instant;

/// The clocks of the database and of this instance at one moment.
///
/// @param database the database's clock
/// @param wall the instance's wall clock
/// @param nanos the instance's monotonic clock
public record ClockReading(Instant database, Instant wall, long nanos) {
  /// How far the wall clock is ahead of the database's; negative when it is behind.
  public Duration offset() {
    return Duration.between(database, wall);
  }
}
