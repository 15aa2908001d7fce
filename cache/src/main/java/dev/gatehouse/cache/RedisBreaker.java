package dev.gatehouse.cache;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The circuit breaker around Redis. Opens when half of the last commands failed or were slow. After a
/// second a few probes go through, and none of them is a request's: once the breaker is open, no
/// request waits for Redis before it is known to be well again.
final class RedisBreaker {
  private static final int WINDOW = 20;
  private static final int PROBES = 3;
  private static final float HALF = 50;

  private final CircuitBreaker breaker;

  /// @param slow a command that takes as long is a bad sign
  RedisBreaker(Duration slow, BreakerListener listener) {
    var config =
        CircuitBreakerConfig.custom()
            .slidingWindowType(SlidingWindowType.COUNT_BASED)
            .slidingWindowSize(WINDOW)
            .minimumNumberOfCalls(WINDOW / 2)
            .failureRateThreshold(HALF)
            .slowCallDurationThreshold(slow)
            .slowCallRateThreshold(HALF)
            .waitDurationInOpenState(Duration.ofSeconds(1))
            .permittedNumberOfCallsInHalfOpenState(PROBES)
            .maxWaitDurationInHalfOpenState(Duration.ofSeconds(2))
            .writableStackTraceEnabled(false)
            .build();
    breaker = CircuitBreaker.of("redis", config);
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> listener.changed(state(event.getStateTransition().getToState())));
  }

  BreakerListener.State state() {
    return state(breaker.getState());
  }

  /// Whether a request's command may go out; the outcome must then be told.
  boolean admitsCommand() {
    return breaker.getState() == CircuitBreaker.State.CLOSED && breaker.tryAcquirePermission();
  }

  /// Whether a probe is due; the outcome must then be told.
  boolean admitsProbe() {
    return breaker.getState() != CircuitBreaker.State.CLOSED && breaker.tryAcquirePermission();
  }

  void answered(long nanos) {
    breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(long nanos, Throwable failure) {
    breaker.onError(nanos, TimeUnit.NANOSECONDS, failure);
  }

  private static BreakerListener.State state(CircuitBreaker.State state) {
    return switch (state) {
      case CLOSED, DISABLED, METRICS_ONLY -> BreakerListener.State.CLOSED;
      case OPEN, FORCED_OPEN -> BreakerListener.State.OPEN;
      case HALF_OPEN -> BreakerListener.State.HALF_OPEN;
    };
  }
}
