package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.balancing.Attempt;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One attempt at one instance, ended once, by whichever comes first. On its event loop alone.
final class UpstreamCall {
  private static final Logger log = LoggerFactory.getLogger(UpstreamCall.class);

  private final Attempt<Instance> attempt;
  private final UpstreamListener.AttemptListener listener;
  private final long lateAt;
  private final boolean hasClientTimeout;
  private @Nullable HttpClientRequest request;
  private boolean sent;
  private boolean responded;
  private boolean ended;

  /// @param listener receives the events of the call
  /// @param lateAt when the call counts as late and another instance is tried, on the monotonic
  ///     clock
  /// @param hasClientTimeout whether the client sent a timeout
  UpstreamCall(
      Attempt<Instance> attempt,
      UpstreamListener.AttemptListener listener,
      long lateAt,
      boolean hasClientTimeout) {
    this.attempt = attempt;
    this.listener = listener;
    this.lateAt = lateAt;
    this.hasClientTimeout = hasClientTimeout;
  }

  Instance instance() {
    return attempt.target();
  }

  /// A connection was had; the request is about to go out.
  void sending(HttpClientRequest out) {
    request = out;
    sent = true;
  }

  /// A response goes to the client.
  void responded(int status) {
    responded = true;
    listener.responded(status);
  }

  /// See [UpstreamListener.AttemptListener#traceparent].
  Optional<String> traceparent() {
    return listener.traceparent();
  }

  /// Whether the instance may have received anything.
  boolean isSent() {
    return sent;
  }

  boolean isEnded() {
    return ended;
  }

  /// Whether the client has nothing of a response yet.
  boolean isAwaited() {
    return !ended && !responded;
  }

  boolean isLate(long now) {
    return isAwaited() && now - lateAt >= 0;
  }

  /// Ends the attempt.
  ///
  /// @return whether it had not ended before
  boolean end(CallResult result) {
    if (ended) {
      return false;
    }
    ended = true;
    if (result != CallResult.TIMEOUT) {
      attempt.end(result);
    } else if (sent) {
      attempt.timedOut(!hasClientTimeout);
    } else {
      // How long it took says nothing about an instance that was not sent the request.
      attempt.close();
    }
    log.atDebug()
        .addKeyValue("instance", attempt.target().id())
        .addKeyValue("result", result)
        .log("Attempt ended");
    listener.ended(result);
    return true;
  }

  /// Takes the request back: the connection it went out on is closed. Before there is a response
  /// that is done next to the socket: otherwise it would wait for the instance to take what was
  /// written, and it may never do so.
  void cancel() {
    if (request == null) {
      return;
    }
    boolean awaitsResponse = !request.response().isComplete();
    var _ = request.reset();
    if (awaitsResponse && request.connection() instanceof HttpClientConnectionInternal connection) {
      var _ = connection.channelHandlerContext().close();
    }
  }
}
