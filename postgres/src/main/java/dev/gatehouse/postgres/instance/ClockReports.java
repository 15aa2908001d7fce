package dev.gatehouse.postgres.instance;

import dev.gatehouse.resilience.clock.ClockState;
import dev.gatehouse.resilience.clock.SharedClock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what comparisons of clocks show: once when that changes. For one thread.
final class ClockReports {
  private static final Logger log = LoggerFactory.getLogger(ClockReports.class);
  private static final Duration NOTABLE = Duration.ofSeconds(2);

  /// Below [#NOTABLE], so that an offset around it is not reported again and again.
  private static final Duration UNNOTABLE = Duration.ofMillis(1_500);

  private ClockState last = ClockState.AGREES;
  private boolean notable;

  void report(ClockState state, Duration offset) {
    if (state != last) {
      changed(state, offset);
    }
    if (state == ClockState.AGREES) {
      reportSmall(SharedClock.distance(offset), offset);
    }
    last = state;
  }

  private void changed(ClockState state, Duration offset) {
    switch (state) {
      case UNMEASURED -> {}
      case AGREES -> log.warn("Clock agrees with the database again, offset {}", offset);
      case INSTANCE_WRONG ->
          log.error(
              "Clock of this instance is off the database by {}, other instances are not; not ready",
              offset);
      case DATABASE_WRONG ->
          log.error(
              "Clock of the database is wrong: all instances are ahead of it by {}; staying ready",
              offset);
      case UNDECIDED ->
          log.error(
              "Clock of this instance and of the database differ by {}, other instances do not show"
                  + " which is wrong; staying ready",
              offset);
    }
  }

  private void reportSmall(Duration size, Duration offset) {
    if (!notable && size.compareTo(NOTABLE) > 0) {
      log.warn("Clock of this instance is ahead of the database's by {}", offset);
      notable = true;
    }
    if (notable && size.compareTo(UNNOTABLE) < 0) {
      log.info("Clock of this instance is close to the database's again, offset {}", offset);
      notable = false;
    }
  }
}
