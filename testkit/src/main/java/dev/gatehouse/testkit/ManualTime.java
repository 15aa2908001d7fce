package dev.gatehouse.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that passes only when a test says so. Thread-safe.
public final class ManualTime implements InstantSource {
  private volatile Instant now;
  private volatile long nanos;

  /// Begins at a moment.
  public ManualTime(Instant start) {
    now = start;
  }

  /// Begins at noon of an arbitrary day.
  public static ManualTime atNoon() {
    return new ManualTime(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// A monotonic clock beside it, with the contract of [System#nanoTime()]: what [#jumpTo(Instant)]
  /// does leaves it as it is.
  public long nanoTime() {
    return nanos;
  }

  /// Admits time.
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  /// Sets the clock, forwards or back, as administrators and virtual machines do.
  public synchronized void jumpTo(Instant time) {
    now = time;
  }
}
