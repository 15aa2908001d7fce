package dev.gatehouse.resilience.pool;

/// Keeps a listener's failures away from the pool, without hiding them.
record GuardedListener(WorkerPoolListener listener) implements WorkerPoolListener {
  @Override
  public void rejected(Rejection.Reason reason) {
    guard(() -> listener.rejected(reason));
  }

  @Override
  public void dropped() {
    guard(listener::dropped);
  }

  @Override
  public void completed(long nanos) {
    guard(() -> listener.completed(nanos));
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error failure) {
      var thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }
}
