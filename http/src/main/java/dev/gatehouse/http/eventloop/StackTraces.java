package dev.gatehouse.http.eventloop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/// Decides which stack traces are worth writing: the first of each place that throws, and one a
/// minute after that, so that no client can fill a disk with them. Thread-safe.
final class StackTraces {
  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MOST_PLACES = 256;
  private static final String OTHERS = "others";

  private record Shown(long at, int suppressed) {}

  private final LongSupplier nanoTime;
  private final Map<String, Shown> places = new HashMap<>();

  /// @param nanoTime the monotonic clock
  StackTraces(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Identifies a place that throws: the class of the first cause, and where it was created.
  static String place(Throwable thrown) {
    Throwable first = cause(thrown);
    StackTraceElement[] stack = first.getStackTrace();
    String type = first.getClass().getName();
    return stack.length == 0 ? type : type + " at " + stack[0];
  }

  /// The first cause.
  static Throwable cause(Throwable thrown) {
    Throwable first = thrown;
    for (int depth = 0; depth < 32 && first.getCause() != null; depth++) {
      first = first.getCause();
    }
    return first;
  }

  /// Decides whether to write one more stack trace.
  ///
  /// @return how many of the same place were suppressed since the last one; empty when this one is,
  ///     too
  synchronized OptionalInt admit(Throwable thrown) {
    long now = nanoTime.getAsLong();
    String place = known(place(thrown), now);
    Shown before = places.get(place);
    if (before != null && now - before.at() < INTERVAL_NANOS) {
      places.put(place, new Shown(before.at(), before.suppressed() + 1));
      return OptionalInt.empty();
    }
    places.put(place, new Shown(now, 0));
    return OptionalInt.of(before == null ? 0 : before.suppressed());
  }

  private String known(String place, long now) {
    if (places.size() < MOST_PLACES || places.containsKey(place)) {
      return place;
    }
    places.values().removeIf(each -> now - each.at() >= INTERVAL_NANOS);
    return places.size() < MOST_PLACES ? place : OTHERS;
  }
}
