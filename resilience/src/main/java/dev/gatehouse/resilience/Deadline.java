package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The moment by which a piece of work must be done, on the monotonic clock, so that a stepping
/// wall clock moves no one's deadline. Immutable and thread-safe.
///
/// The request being served has a current deadline, carried by a [ScopedValue]. Whatever waits on
/// the request's behalf bounds its wait by [#current()]. Outside a request there is none, and
/// `current()` is then [#never()]: callers need no second path, only a bound of their own.
public final class Deadline {
  private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

  /// Half of what a nanosecond difference can express, 146 years, so that no sum overflows.
  private static final long FARTHEST_NANOS = Long.MAX_VALUE / 2;

  private static final Deadline NEVER = new Deadline(System.nanoTime() + FARTHEST_NANOS);

  private final long at;
  private final LongSupplier nanoTime;

  private Deadline(long at) {
    this(at, System::nanoTime);
  }

  private Deadline(long at, LongSupplier nanoTime) {
    this.at = at;
    this.nanoTime = nanoTime;
  }

  /// The moment this far from now.
  ///
  /// @param timeout zero or negative gives a deadline that has passed already; more than 146 years
  ///     counts as 146 years
  public static Deadline after(Duration timeout) {
    return after(timeout, System::nanoTime);
  }

  /// The moment this far from now on a clock of the caller's.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public static Deadline after(Duration timeout, LongSupplier nanoTime) {
    return new Deadline(nanoTime.getAsLong() + bounded(timeout), nanoTime);
  }

  /// A moment so far away that no wait reaches it.
  public static Deadline never() {
    return NEVER;
  }

  /// The deadline of the work this thread is doing; [#never()] when none is bound.
  public static Deadline current() {
    return CURRENT.orElse(NEVER);
  }

  /// Does the work with this as its current deadline. A deadline already bound which is earlier
  /// stays in force: inner work may have less time than outer work, never more.
  public <T, X extends Throwable> T call(ScopedValue.CallableOp<? extends T, X> work) throws X {
    return ScopedValue.where(CURRENT, earlier(current())).call(work);
  }

  /// Like [#call], for work without a result.
  public void run(Runnable work) {
    ScopedValue.where(CURRENT, earlier(current())).run(work);
  }

  /// The time left, negative once the deadline has passed.
  public Duration remaining() {
    return Duration.ofNanos(remainingNanos());
  }

  /// The time left in nanoseconds, negative once the deadline has passed.
  public long remainingNanos() {
    return at - nanoTime.getAsLong();
  }

  /// Whether it has passed.
  public boolean expired() {
    return remainingNanos() <= 0;
  }

  /// The earlier of the two.
  public Deadline earlier(Deadline other) {
    return other.remainingNanos() < remainingNanos() ? other : this;
  }

  /// The time left, and no more than a bound: what a wait with its own limit should be given.
  /// Never negative.
  public Duration remainingAtMost(Duration bound) {
    Duration left = remaining();
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(bound) < 0 ? left : bound;
  }

  @Override
  public String toString() {
    return this == NEVER ? "Deadline[never]" : "Deadline[in " + remaining() + "]";
  }

  private static long bounded(Duration timeout) {
    if (timeout.compareTo(Duration.ofNanos(FARTHEST_NANOS)) >= 0) {
      return FARTHEST_NANOS;
    }
    return timeout.isNegative() ? 0 : timeout.toNanos();
  }
}
