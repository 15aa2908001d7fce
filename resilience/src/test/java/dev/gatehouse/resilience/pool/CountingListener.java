package dev.gatehouse.resilience.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts what a pool reports.
final class CountingListener implements WorkerPoolListener {
  private final Queue<Rejection.Reason> rejections = new ConcurrentLinkedQueue<>();
  private final AtomicInteger drops = new AtomicInteger();
  private final AtomicInteger completions = new AtomicInteger();

  @Override
  public void rejected(Rejection.Reason reason) {
    rejections.add(reason);
  }

  @Override
  public void dropped() {
    drops.incrementAndGet();
  }

  @Override
  public void completed(long nanos) {
    completions.incrementAndGet();
  }

  long rejections(Rejection.Reason reason) {
    return rejections.stream().filter(reason::equals).count();
  }

  long rejections() {
    return rejections.size();
  }

  int drops() {
    return drops.get();
  }

  int completions() {
    return completions.get();
  }
}
