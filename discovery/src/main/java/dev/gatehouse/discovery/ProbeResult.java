package dev.gatehouse.discovery;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What an instance says of itself.
enum ProbeResult {
  READY,
  /// Said so, or there is no one at its address.
  NOT_READY,
  /// Nothing, in time.
  NONE;

  private static final int UNAVAILABLE = 503;

  /// Waits for the status of a response. Any but 503 shows that someone is there; whether they do
  /// well is for their responses to requests to show.
  static ProbeResult of(CompletableFuture<Integer> status, long nanos) throws InterruptedException {
    try {
      return status.get(Math.max(0, nanos), TimeUnit.NANOSECONDS) == UNAVAILABLE
          ? NOT_READY
          : READY;
    } catch (ExecutionException failed) {
      return refused(failed) ? NOT_READY : NONE;
    } catch (TimeoutException late) {
      status.cancel(true);
      return NONE;
    }
  }

  private static boolean refused(ExecutionException failed) {
    Throwable cause = failed.getCause();
    return cause instanceof ConnectException && !(cause instanceof HttpConnectTimeoutException);
  }
}
