package dev.gatehouse.http;

import dev.gatehouse.accounts.error.Fault;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what event loops do, from a thread that may wait.
final class Waiting {
  private Waiting() {}

  /// @throws Fault when it failed or took longer
  static <T> T until(Future<T> future, long time, TimeUnit unit) {
    try {
      return future.await(time, unit);
    } catch (TimeoutException late) {
      throw new Fault("An event loop did not do its part in time.", late);
    }
  }
}
