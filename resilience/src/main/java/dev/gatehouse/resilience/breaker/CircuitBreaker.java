package dev.gatehouse.resilience.breaker;

import dev.gatehouse.resilience.CallResult;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// Stops calling what keeps failing, so that callers fail fast and the other side can recover.
/// Opens when too many calls over a sliding window fail or are slow, rejects for a while, then
/// permits a bounded number of probes.
///
/// Time passes for a breaker only when it is asked: it has no thread. Thread-safe and lock-free;
/// while it is closed, a call costs one read and a few counters.
/// Source: Nygard, "Release It!", chapter "Stability Patterns".
public final class CircuitBreaker {
  private final String name;
  private final CircuitBreakerSettings settings;
  private final LongSupplier nanoTime;
  private final CircuitBreakerListener listener;
  private final AtomicReference<Phase> phase;

  /// A closed breaker.
  ///
  /// @param name for the listener: what is called through it
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public CircuitBreaker(
      String name,
      CircuitBreakerSettings settings,
      LongSupplier nanoTime,
      CircuitBreakerListener listener) {
    this.name = name;
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.phase = new AtomicReference<>(new Closed(settings, nanoTime.getAsLong()));
  }

  /// Asks to make one call. Anyone who gets a permit reports to it how the call ended.
  ///
  /// @return nothing when the call must not be made
  public Optional<Permit> tryAcquire() {
    while (true) {
      Phase seen = phase();
      long now = nanoTime.getAsLong();
      Permit permit = new Permit(this, now);
      Optional<Phase> next = seen.admit(permit, now);
      if (next.isEmpty()) {
        listener.refused(name);
        return Optional.empty();
      }
      if (moved(seen, next.get())) {
        return Optional.of(permit);
      }
    }
  }

  /// Asks to make one call though the breaker may refuse it, for a caller with no better choice:
  /// the instance responds, only late. What becomes of the call counts only if the breaker is
  /// closed.
  ///
  /// @return nothing when the calls that opened the breaker failed
  public Optional<Permit> tryAcquireDespiteSlowness() {
    return phase().responds()
        ? Optional.of(new Permit(this, nanoTime.getAsLong()))
        : Optional.empty();
  }

  /// Makes a call through the breaker. Whatever it throws counts as a failure of the other side;
  /// where that is not so, use [#tryAcquire()].
  ///
  /// @throws CircuitOpen when the call was not made
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work) throws X {
    Permit permit = tryAcquire().orElseThrow(() -> new CircuitOpen(name, retryAfter()));
    boolean returned = false;
    try {
      T result = work.call();
      returned = true;
      return result;
    } finally {
      if (returned) {
        permit.succeeded();
      } else {
        permit.failed();
      }
    }
  }

  /// What this breaker calls.
  public String name() {
    return name;
  }

  /// The present state. An open breaker whose time is over stays open until someone asks to pass.
  public CircuitState state() {
    return phase().state();
  }

  /// Whether asking now would get a permit, without taking one. Another caller may be faster.
  public boolean admits() {
    Phase seen = phase();
    return seen.refusesFor(nanoTime.getAsLong()) == 0;
  }

  /// How long it is not worth asking; zero when it is now.
  public Duration retryAfter() {
    return Duration.ofNanos(phase().refusesFor(nanoTime.getAsLong()));
  }

  boolean isSlow(Permit permit) {
    return nanoTime.getAsLong() - permit.startedAt() >= settings.slowCall().toNanos();
  }

  void conclude(Permit permit, CallResult result, boolean slow) {
    while (true) {
      Phase seen = phase();
      if (moved(seen, seen.after(permit, result, slow, nanoTime.getAsLong()))) {
        return;
      }
    }
  }

  private Phase phase() {
    return Objects.requireNonNull(phase.get());
  }

  private boolean moved(Phase from, Phase to) {
    if (from.equals(to)) {
      return true;
    }
    if (!phase.compareAndSet(from, to)) {
      return false;
    }
    if (from.state() != to.state()) {
      listener.changed(name, from.state(), to.state());
    }
    return true;
  }
}
