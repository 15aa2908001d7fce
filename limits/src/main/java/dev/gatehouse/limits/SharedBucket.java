package dev.gatehouse.limits;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The local state of a shared bucket: the earliest time at which it is full, and the tokens given
/// out locally that are not yet taken from it. Lock-free.
final class SharedBucket {
  private final AtomicReference<State> state;
  private final AtomicBoolean paying = new AtomicBoolean();

  SharedBucket(long now) {
    state = new AtomicReference<>(new State(now, 0));
  }

  /// @param fullAt the earliest time at which the shared bucket is full
  /// @param owed tokens given out and not yet taken from it
  private record State(long fullAt, long owed) {
    long debt(Refill refill, long now) {
      return refill.debt(fullAt, now) + owed * refill.tokenNanos();
    }
  }

  /// Decides from memory: refuses when the shared bucket is empty, allows while few tokens are
  /// owed.
  ///
  /// @param trust the largest number of owed tokens
  /// @return null when the shared bucket must decide
  @Nullable Decision takeOnTrust(Refill refill, long trust, long now) {
    while (true) {
      State seen = state();
      Decision decision = refill.decide(seen.debt(refill, now));
      if (!decision.allowed()) {
        return decision;
      }
      if (seen.owed >= trust) {
        return null;
      }
      if (state.compareAndSet(seen, new State(seen.fullAt, seen.owed + 1))) {
        return decision;
      }
    }
  }

  /// Decides without the shared bucket, while it is unavailable.
  ///
  /// @param share the share of this process, see [Refill#share]
  Decision takeShare(Refill share, long now) {
    while (true) {
      State seen = state();
      long debt = share.debt(seen.fullAt, now);
      Decision decision = share.decide(debt);
      if (!decision.allowed()) {
        return decision;
      }
      if (state.compareAndSet(seen, new State(now + debt + share.tokenNanos(), seen.owed))) {
        return decision;
      }
    }
  }

  /// The known debt of the shared bucket, without owed tokens.
  long knownDebt(Refill refill, long now) {
    return refill.debt(state().fullAt, now);
  }

  /// The number of owed tokens to take from the shared bucket now, 0 for none. A caller that gets
  /// more must call [#paid] or [#unpaid].
  ///
  /// @param worth the smallest number that justifies a call
  long beginPaying(Refill refill, long worth, long now) {
    State seen = state();
    boolean due = seen.owed >= worth && refill.allows(refill.debt(seen.fullAt, now));
    return due && paying.compareAndSet(false, true) ? state().owed : 0;
  }

  /// The owed tokens were taken.
  ///
  /// @param fullAt the time at which the shared bucket is full
  void paid(long tokens, long fullAt) {
    learn(fullAt, tokens);
    paying.set(false);
  }

  /// The call failed; the tokens are still owed.
  void unpaid() {
    paying.set(false);
  }

  /// The shared bucket has decided.
  ///
  /// @param fullAt the time at which it is full
  void learn(long fullAt) {
    learn(fullAt, 0);
  }

  private State state() {
    return Objects.requireNonNull(state.get());
  }

  private void learn(long fullAt, long paid) {
    state.updateAndGet(
        seen ->
            new State(
                fullAt - seen.fullAt > 0 ? fullAt : seen.fullAt, Math.max(0, seen.owed - paid)));
  }
}
