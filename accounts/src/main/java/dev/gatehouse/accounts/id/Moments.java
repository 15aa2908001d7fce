package dev.gatehouse.accounts.id;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// The present, to the microsecond: the precision in which the store keeps time, so that what was
/// written and what is read back are equal.
public record Moments(InstantSource time) {
  /// The present moment.
  public Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
