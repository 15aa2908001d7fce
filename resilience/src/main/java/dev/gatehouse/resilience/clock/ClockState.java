package dev.gatehouse.resilience.clock;

import java.time.Duration;
import java.util.Collection;

/// What comparisons of clocks have shown.
public enum ClockState {
  /// The database's clock was not read yet.
  UNMEASURED,
  /// Both clocks agree.
  AGREES,
  /// Both clocks disagree, and another live instance agrees with the database.
  INSTANCE_WRONG,
  /// Both clocks disagree, and all other live instances are off by the same amount.
  DATABASE_WRONG,
  /// Both clocks disagree, and the other instances do not show which one is wrong.
  UNDECIDED;

  /// What one comparison shows.
  ///
  /// @param offset of this instance to the database
  /// @param others offsets of the other live instances, as far as they are known
  static ClockState of(Duration offset, Collection<Duration> others) {
    if (near(offset, Duration.ZERO)) {
      return AGREES;
    }
    if (others.stream().anyMatch(other -> near(other, Duration.ZERO))) {
      return INSTANCE_WRONG;
    }
    boolean alike = others.stream().allMatch(other -> near(other, offset));
    return alike && !others.isEmpty() ? DATABASE_WRONG : UNDECIDED;
  }

  private static boolean near(Duration one, Duration other) {
    return SharedClock.distance(one.minus(other)).compareTo(SharedClock.TOLERANCE) <= 0;
  }
}
