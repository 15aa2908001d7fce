package dev.gatehouse.limits;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What this process knows of one bucket that it shares with others: when that will be full at the
/// earliest, and how many tokens were given out here on trust that are not taken there yet.
/// Lock-free.
final class SharedBucket {
  private final AtomicReference<State> state;
  private final AtomicBoolean paying = new AtomicBoolean();

  SharedBucket(long now) {
    state = new AtomicReference<>(new State(now, 0));
  }

  /// @param fullAt when the shared bucket will be full, at the earliest
  /// @param owed tokens given out and not yet taken from it
  private record State(long fullAt, long owed) {
    long debt(Refill refill, long now) {
      return refill.debt(fullAt, now) + owed * refill.tokenNanos();
    }
  }

  /// Decides from memory: refuses when the shared bucket has none left, gives on trust while little
  /// is owed.
  ///
  /// @param trust how many tokens may be owed
  /// @return null when the shared bucket has to be asked
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

  /// Decides alone, for as long as the shared bucket cannot be asked.
  ///
  /// @param share what falls to this process, see [Refill#share]
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

  /// How long the shared bucket needs to be full, for all that is known, without what is owed.
  long knownDebt(Refill refill, long now) {
    return refill.debt(state().fullAt, now);
  }

  /// How many owed tokens to take from the shared bucket now, 0 for none. Anyone who gets more than
  /// that has to call [#paid] or [#unpaid].
  ///
  /// @param worth fewer are not worth the way
  long beginPaying(Refill refill, long worth, long now) {
    State seen = state();
    boolean due = seen.owed >= worth && refill.allows(refill.debt(seen.fullAt, now));
    return due && paying.compareAndSet(false, true) ? state().owed : 0;
  }

  /// Tokens that were owed are taken.
  ///
  /// @param fullAt when the shared bucket will be full
  void paid(long tokens, long fullAt) {
    learn(fullAt, tokens);
    paying.set(false);
  }

  /// Nothing was known it.
  void unpaid() {
    paying.set(false);
  }

  /// The shared bucket was asked.
  ///
  /// @param fullAt when it will be full
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
