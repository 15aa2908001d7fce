package dev.gatehouse.resilience.breaker;

import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.SlidingWindow;
import java.util.Optional;

/// Admits all and counts. Ends at the first report that brings a rate to its limit.
final class Closed implements Phase {
  private static final int CALL = 0;
  private static final int FAILED = 1;
  private static final int SLOW = 2;

  private final CircuitBreakerSettings settings;
  private final long since;
  private final SlidingWindow window;
  private final Optional<Phase> self = Optional.of(this);

  Closed(CircuitBreakerSettings settings, long since) {
    this.settings = settings;
    this.since = since;
    this.window = new SlidingWindow(settings.window(), 3);
  }

  @Override
  public CircuitState state() {
    return CircuitState.CLOSED;
  }

  @Override
  public Optional<Phase> admit(Permit permit, long now) {
    return self;
  }

  /// Calls that began before the breaker closed say nothing about the time since.
  @Override
  public Phase after(Permit permit, CallResult result, boolean slow, long now) {
    if (permit.startedAt() - since < 0) {
      return this;
    }
    switch (result) {
      case CANCELLED, REFUSED, SATURATED -> {
        return this;
      }
      case ERROR, UNREACHABLE, BROKEN -> window.add(FAILED, now);
      case SUCCESS, TIMEOUT -> {}
    }
    if (slow) {
      window.add(SLOW, now);
    }
    window.add(CALL, now);
    return decided(now);
  }

  @Override
  public long refusesFor(long now) {
    return 0;
  }

  @Override
  public boolean responds() {
    return true;
  }

  private Phase decided(long now) {
    long calls = window.sum(CALL, now);
    if (calls < settings.minimumCalls()) {
      return this;
    }
    if (window.sum(FAILED, now) >= settings.failureRate() * calls) {
      return Open.first(settings, false, now);
    }
    return window.sum(SLOW, now) >= settings.slowRate() * calls
        ? Open.first(settings, true, now)
        : this;
  }
}
