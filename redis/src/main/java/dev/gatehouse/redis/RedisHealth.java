package dev.gatehouse.redis;

import dev.gatehouse.resilience.breaker.CircuitBreaker;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitBreakerSettings;
import dev.gatehouse.resilience.breaker.CircuitState;
import dev.gatehouse.resilience.breaker.Permit;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What is known of how Redis fares, from the fate of commands. Two rules keep requests from
/// waiting for a Redis that does not answer, and none of them waits to find out whether it is well
/// again: probes do.
///
/// A *doubt* arises with the first command that is not answered in time, if nothing else was
/// answered since it was sent, and ends with the next answer: so of the commands of one request one
/// waits in vain at most. A *refusal* is an answer, and an outage all the same: an access list that
/// denies our keys, a replica, a full memory. It ends with a trial of all we need. The *breaker*
/// opens when many commands fail or are slow, and ends with a few good probes. Thread-safe.
final class RedisHealth {
  private static final String NAME = "redis";
  private static final int PROBES = 3;
  private static final int DECIDING = 5;
  private static final double HALF = 0.5;

  private final CircuitBreaker breaker;
  private final LongSupplier nanoTime;
  private volatile long lastAnswer;
  private volatile boolean doubted;
  private volatile @Nullable String refusal;

  /// @param slow a command that takes as long is a bad sign
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  RedisHealth(Duration slow, LongSupplier nanoTime, CircuitBreakerListener listener) {
    var settings =
        CircuitBreakerSettings.defaults()
            .deciding(Duration.ofSeconds(1), DECIDING)
            .slowAt(slow, HALF)
            .openFor(Duration.ofSeconds(1), Duration.ofSeconds(2))
            .probing(PROBES, Duration.ofSeconds(2));
    this.breaker = new CircuitBreaker(NAME, settings, nanoTime, listener);
    this.nanoTime = nanoTime;
    this.lastAnswer = nanoTime.getAsLong();
  }

  /// What the breaker lets through.
  CircuitState state() {
    return breaker.state();
  }

  /// Whether commands are worth waiting for.
  boolean isGood() {
    return !doubted && refusal == null && breaker.state() == CircuitState.CLOSED;
  }

  /// What Redis refuses us, in its own words; empty when it refuses nothing.
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /// Leave for a request's command to go out; its outcome must then be told.
  Optional<Permit> admitCommand() {
    return refusal == null && breaker.state() == CircuitState.CLOSED
        ? breaker.tryAcquire()
        : Optional.empty();
  }

  /// Leave for a probe, if one is due; its outcome must then be told.
  Optional<Permit> admitProbe() {
    return isGood() ? Optional.empty() : breaker.tryAcquire();
  }

  void answered(Permit permit) {
    lastAnswer = nanoTime.getAsLong();
    doubted = false;
    permit.succeeded();
  }

  /// @param sent when the command went out, by the clock
  void failed(Permit permit, long sent) {
    if (lastAnswer - sent <= 0) {
      doubted = true;
    }
    permit.failed();
  }

  /// Redis answers, and refuses what we need. That ends with a trial of everything.
  void refused(Permit permit, String reason) {
    permit.failed();
    refuse(reason);
  }

  /// The same, found out while connecting.
  void refuse(String reason) {
    lastAnswer = nanoTime.getAsLong();
    refusal = reason;
    // One refusal says as much as many time-outs.
    for (int failure = 0; failure < DECIDING && breaker.state() == CircuitState.CLOSED; failure++) {
      breaker.tryAcquire().ifPresent(Permit::failed);
    }
  }

  /// A trial of everything succeeded.
  void accepted(Permit permit) {
    refusal = null;
    answered(permit);
  }

  /// There is a fresh connection, on which nothing is refused as far as is known.
  void connected() {
    refusal = null;
    lastAnswer = nanoTime.getAsLong();
  }

  /// How long Redis has not answered anything.
  Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastAnswer);
  }
}
