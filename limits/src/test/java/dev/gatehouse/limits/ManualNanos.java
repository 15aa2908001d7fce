package dev.gatehouse.limits;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A monotonic clock that moves only when a test says so. Begins close to its overflow, as a real
/// one may.
final class ManualNanos implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE / 4);

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
