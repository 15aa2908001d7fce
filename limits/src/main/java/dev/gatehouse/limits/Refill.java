package dev.gatehouse.limits;

/// The arithmetic of an evenly refilled bucket. Its state is its *debt*: the time until it is full.
/// Taking a token adds the time to refill one; the bucket is empty when a further token would raise
/// the debt above the time to refill all. Immutable. Source: the generic cell rate algorithm (ITU-T
/// I.371), which counts like a token bucket.
///
/// @param tokens the capacity of the bucket
/// @param tokenNanos the time to refill one token
record Refill(long tokens, long tokenNanos) {
  static Refill of(Rate rate) {
    return new Refill(rate.tokens(), Math.max(1, rate.period().toNanos() / rate.tokens()));
  }

  /// The debt of an empty bucket.
  long longest() {
    return tokens * tokenNanos;
  }

  /// The debt of a bucket that is full at a given time.
  ///
  /// @param fullAt by the clock of `now`, which may wrap around
  long debt(long fullAt, long now) {
    return Math.max(0, fullAt - now);
  }

  /// Whether a token is available.
  boolean allows(long debt) {
    return debt + tokenNanos <= longest();
  }

  /// The decision for a caller that takes a token.
  Decision decide(long debt) {
    long after = debt + tokenNanos;
    return after <= longest()
        ? new Decision(true, (longest() - after) / tokenNanos, after, 0)
        : new Decision(false, 0, debt, after - longest());
  }

  /// The share of one of several instances that cannot communicate: refilling a token takes that
  /// many times longer. A full bucket always has one token, even if the share is smaller.
  Refill share(int instances) {
    long each = tokenNanos * instances;
    return new Refill(Math.max(1, longest() / each), each);
  }
}
