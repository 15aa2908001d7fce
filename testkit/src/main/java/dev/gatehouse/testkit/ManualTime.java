package dev.gatehouse.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that tests advance. Thread-safe.
public final class ManualTime implements InstantSource {
  private volatile Instant now;
  private volatile long nanos;

  /// Starts at an instant.
  public ManualTime(Instant start) {
    now = start;
  }

  /// Starts at noon of an arbitrary day.
  public static ManualTime atNoon() {
    return new ManualTime(Instant.parse("2026-03-01T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /// The monotonic clock, with the contract of [System#nanoTime()]; [#jumpTo(Instant)] does not
  /// change it.
  public long nanoTime() {
    return nanos;
  }

  /// Advances both clocks.
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }

  /// Sets the wall clock forwards or back, as administrators and virtual machines do.
  public synchronized void jumpTo(Instant time) {
    now = time;
  }
}
