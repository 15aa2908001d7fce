package dev.gatehouse.resilience.breaker;

import dev.gatehouse.resilience.CallResult;
import java.util.Optional;

/// One state of a breaker with what it remembers. A phase decides; the breaker swaps phases
/// atomically and asks again when another thread was faster. Returning `this` means nothing
/// changes.
sealed interface Phase permits Closed, Open, HalfOpen {
  CircuitState state();

  /// The phase in which this permit is let pass, or nothing when it is refused.
  Optional<Phase> admit(Permit permit, long now);

  /// Whether a call made now would get a response, possibly late, as far as is known.
  boolean responds();

  /// The phase after the end of a call.
  ///
  /// @param slow whether the call was slow; a timeout always is
  Phase after(Permit permit, CallResult result, boolean slow, long now);

  /// Nanoseconds until it is worth asking again, zero when it is now.
  long refusesFor(long now);
}
