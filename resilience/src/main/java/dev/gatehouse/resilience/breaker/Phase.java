package dev.gatehouse.resilience.breaker;

import java.util.Optional;

/// One state of a breaker with what it remembers. A phase decides; the breaker swaps phases
/// atomically and asks again when another thread was faster. Returning `this` means nothing
/// changes.
sealed interface Phase permits Closed, Open, HalfOpen {
  CircuitState state();

  /// The phase in which this permit is let pass, or nothing when it is refused.
  Optional<Phase> admit(Permit permit, long now);

  /// Whether a call made now would be answered, as far as is known, if late.
  boolean answers();

  /// The phase after the end of a call.
  Phase after(Permit permit, Verdict verdict, long now);

  /// Nanoseconds until it is worth asking again, zero when it is now.
  long refusesFor(long now);
}
