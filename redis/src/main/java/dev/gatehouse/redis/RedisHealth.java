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

/// The health of Redis, derived from the outcomes of commands. It keeps requests from waiting for a
/// Redis that does not respond. Probes, not requests, detect the recovery.
///
/// - A *doubt* begins with the first command that times out, if no other response arrived since it
///   was sent, and ends with the next response: at most one command of a request waits in vain.
/// - A *refusal* is a response that counts as an outage: an access list that denies our keys, a
///   replica, a full memory. It ends with a successful trial of all commands.
/// - The *breaker* opens when many commands fail or are slow, and closes after a few successful
///   probes.
///
/// Thread-safe.
final class RedisHealth {
  private static final String NAME = "redis";
  private static final int PROBES = 3;
  private static final int DECIDING = 5;
  private static final double HALF = 0.5;

  private final CircuitBreaker breaker;
  private final LongSupplier nanoTime;
  private volatile long lastResponse;
  private volatile boolean doubted;
  private volatile @Nullable String refusal;

  /// @param slow the duration from which a command counts as slow
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
    this.lastResponse = nanoTime.getAsLong();
  }

  /// The state of the circuit breaker.
  CircuitState state() {
    return breaker.state();
  }

  /// Whether commands are likely to succeed.
  boolean isGood() {
    return !doubted && refusal == null && breaker.state() == CircuitState.CLOSED;
  }

  /// The error message of a refusal; empty when there is none.
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /// A permit for the command of a request; the caller must report the outcome.
  Optional<Permit> admitCommand() {
    return refusal == null && breaker.state() == CircuitState.CLOSED
        ? breaker.tryAcquire()
        : Optional.empty();
  }

  /// A permit for a probe, if one is due; the caller must report the outcome.
  Optional<Permit> admitProbe() {
    return isGood() ? Optional.empty() : breaker.tryAcquire();
  }

  /// A command succeeded.
  void succeeded(Permit permit) {
    lastResponse = nanoTime.getAsLong();
    doubted = false;
    permit.succeeded();
  }

  /// A command failed.
  ///
  /// @param sent when the command was sent, by the clock
  void failed(Permit permit, long sent) {
    if (lastResponse - sent <= 0) {
      doubted = true;
    }
    permit.failed();
  }

  /// Redis responded with a refusal, which ends with a successful trial.
  void refused(Permit permit, String reason) {
    permit.failed();
    refuse(reason);
  }

  /// The same, detected while connecting.
  void refuse(String reason) {
    lastResponse = nanoTime.getAsLong();
    refusal = reason;
    // One refusal is as conclusive as many timeouts.
    for (int failure = 0; failure < DECIDING && breaker.state() == CircuitState.CLOSED; failure++) {
      breaker.tryAcquire().ifPresent(Permit::failed);
    }
  }

  /// A trial of all commands succeeded.
  void accepted(Permit permit) {
    refusal = null;
    succeeded(permit);
  }

  /// A new connection was opened; no refusal is known on it.
  void connected() {
    refusal = null;
    lastResponse = nanoTime.getAsLong();
  }

  /// The time since the last response.
  Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - lastResponse);
  }
}
