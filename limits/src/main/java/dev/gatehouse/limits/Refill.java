package dev.gatehouse.limits;

/// The arithmetic of a bucket that is filled evenly, in terms of time: all there is to know of a
/// bucket is how long it takes until it is full, its *debt*. A token taken adds to the debt what it
/// takes to refill it; the bucket is empty when another would make the debt longer than all tokens
/// take. Immutable. Source: the generic cell rate algorithm (ITU-T I.371), which counts like a
/// token bucket.
///
/// @param tokens what the bucket holds
/// @param tokenNanos how long refilling one takes
record Refill(long tokens, long tokenNanos) {
  static Refill of(Rate rate) {
    return new Refill(rate.tokens(), Math.max(1, rate.period().toNanos() / rate.tokens()));
  }

  /// The debt of an empty bucket.
  long longest() {
    return tokens * tokenNanos;
  }

  /// The debt of a bucket that will be full at a moment.
  ///
  /// @param fullAt by the clock of `now`, which may wrap around
  long debt(long fullAt, long now) {
    return Math.max(0, fullAt - now);
  }

  /// Whether a token is to be had.
  boolean allows(long debt) {
    return debt + tokenNanos <= longest();
  }

  /// What to say to who asks for a token.
  Decision decide(long debt) {
    long after = debt + tokenNanos;
    return after <= longest()
        ? new Decision(true, (longest() - after) / tokenNanos, after, 0)
        : new Decision(false, 0, debt, after - longest());
  }

  /// The part of one of several instances that share the limit without being able to talk: each
  /// token takes as many times longer. A bucket that is full always has one, even where a part of
  /// the limit is less than that.
  Refill share(int instances) {
    long each = tokenNanos * instances;
    return new Refill(Math.max(1, longest() / each), each);
  }
}
