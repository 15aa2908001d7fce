package dev.gatehouse.tokens;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands until it is moved.
final class SteppingClock implements InstantSource {
  private volatile Instant now;

  SteppingClock(Instant now) {
    this.now = now;
  }

  void advance(Duration step) {
    now = now.plus(step);
  }

  void set(Instant time) {
    now = time;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
