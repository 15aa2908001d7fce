package dev.gatehouse.http.eventloop;

import dev.gatehouse.errors.Fault;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for event loops, on a thread that may wait.
public final class Futures {
  private Futures() {}

  /// Waits for a future and returns its result.
  ///
  /// @param otherwise the message when it failed or took longer
  /// @throws Fault when it failed or took longer
  public static <T> T until(Future<T> future, Duration longest, String otherwise) {
    try {
      settled(future).await(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new Fault(otherwise, late);
    }
    if (future.failed()) {
      throw new Fault(otherwise, future.cause());
    }
    return future.result();
  }

  /// Succeeds when the future has completed in any way, so that waiting throws nothing undeclared.
  private static Future<Boolean> settled(Future<?> future) {
    return future.transform(outcome -> Future.succeededFuture(outcome.succeeded()));
  }
}
