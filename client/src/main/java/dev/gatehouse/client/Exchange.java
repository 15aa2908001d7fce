package dev.gatehouse.client;

import dev.gatehouse.resilience.Deadline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One request and its whole response within a time. The JDK's own time-out ends with the head of
/// a response; an instance that stops after it would hold the caller forever. Closed, it is taken
/// back unless there is a response.
final class Exchange implements AutoCloseable {
  /// The JDK's time-out goes first: it tells whether there was a connection.
  private static final Duration MARGIN = Duration.ofMillis(50);

  private final CompletableFuture<HttpResponse<String>> response;
  private final Duration timeout;
  private final Deadline end;

  private Exchange(CompletableFuture<HttpResponse<String>> response, Duration timeout) {
    this.response = response;
    this.timeout = timeout;
    this.end = Deadline.after(timeout.plus(MARGIN));
  }

  /// There is no response.
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final IOException reason;
    private final boolean sent;

    private Failed(IOException reason, boolean sent) {
      super(null, reason, false, false);
      this.reason = reason;
      this.sent = sent;
    }

    IOException reason() {
      return reason;
    }

    /// Whether the instance may have received anything.
    boolean sent() {
      return sent;
    }

    /// Whether it received the request and the time is over.
    boolean late() {
      return sent && reason instanceof HttpTimeoutException;
    }
  }

  /// Sends a request.
  ///
  /// @param timeout until the last byte of the response; more than nothing
  static Exchange begin(HttpClient http, HttpRequest.Builder request, Duration timeout) {
    return new Exchange(
        http.sendAsync(request.timeout(timeout).build(), BodyHandlers.ofString()), timeout);
  }

  /// Waits for the response.
  ///
  /// @return empty when it is not there after this time, and there is more
  /// @throws Failed when none comes, or none came in all the time there was
  Optional<HttpResponse<String>> within(Duration patience) throws Failed, InterruptedException {
    try {
      long nanos = end.remainingAtMost(patience).toNanos();
      return Optional.of(response.get(nanos, TimeUnit.NANOSECONDS));
    } catch (ExecutionException failed) {
      throw failed(failed.getCause() == null ? failed : failed.getCause());
    } catch (TimeoutException late) {
      if (end.expired()) {
        throw new Failed(
            new HttpTimeoutException("no whole response within " + timeout.toMillis() + " ms"),
            true);
      }
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    response.cancel(true);
  }

  private static Failed failed(Throwable cause) {
    boolean unreachable =
        cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException;
    IOException reason =
        cause instanceof IOException known
            ? known
            : new IOException("the request could not be sent", cause);
    return new Failed(reason, !unreachable);
  }
}
