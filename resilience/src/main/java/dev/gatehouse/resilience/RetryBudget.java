package dev.gatehouse.resilience;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Keeps retries from turning a failure into an overload: over a sliding window at most a share of
/// the requests may be retried. A small floor allows a caller with little traffic to retry at all;
/// from `floorPerSecond / share` requests a second on it has no effect.
///
/// What the requests of the window have not used may be spent at once: when an instance dies, all
/// that it was working on fails in one moment.
///
/// The bound is exact under concurrency: at any retry, those of the window are at most `max(share *
/// requests, floorPerSecond * seconds)`. Thread-safe; counting a request takes no lock. Source: the
/// retry budget of Finagle, and "Addressing Cascading Failures" in the SRE book.
public final class RetryBudget {
  private static final int REQUEST = 0;
  private static final int RETRY = 1;

  private final ReentrantLock spending = new ReentrantLock();
  private final SlidingWindow window;
  private final double share;
  private final long floor;
  private final LongSupplier nanoTime;

  /// A budget over an empty window.
  ///
  /// @param share retries for each request, from 0 to 1; with 0 there are none, whatever the floor
  /// @param floorPerSecond retries allowed whatever the traffic, zero or more
  /// @param length how far back requests and retries are counted
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public RetryBudget(double share, int floorPerSecond, Duration length, LongSupplier nanoTime) {
    if (!(share >= 0 && share <= 1) || floorPerSecond < 0) {
      throw new IllegalArgumentException(
          "no budget of " + share + " with a floor of " + floorPerSecond);
    }
    this.window = new SlidingWindow(length, 2);
    this.share = share;
    this.floor = share == 0 ? 0 : floorPerSecond * length.toMillis() / 1_000;
    this.nanoTime = nanoTime;
  }

  /// A first attempt is made. Retries are not their own requests.
  public void requested() {
    window.add(REQUEST, nanoTime.getAsLong());
  }

  /// Takes one retry out of the budget.
  ///
  /// @return whether the retry may be made
  public boolean tryRetry() {
    spending.lock();
    try {
      long now = nanoTime.getAsLong();
      if (window.sum(RETRY, now) + 1 > allowance(now)) {
        return false;
      }
      window.add(RETRY, now);
      return true;
    } finally {
      spending.unlock();
    }
  }

  private long allowance(long now) {
    return Math.max(floor, (long) (share * window.sum(REQUEST, now)));
  }
}
