package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.proxy.ProxiedExchange;
import dev.gatehouse.resilience.CallResult;
import dev.gatehouse.resilience.balancing.Attempt;
import dev.gatehouse.resilience.upstream.RoutedRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request on its way to an instance and, when that fails and it is safe, to another. On its
/// event loop alone.
final class ProxyRequest implements ProxiedExchange.Watcher {
  private static final int BAD_GATEWAY = 502;
  private static final Duration LONGEST = Duration.ofDays(1);

  private final ReverseProxy with;
  private final ProxiedExchange exchange;
  private final RequestBody body;
  private final RoutedRequest<Instance> routed;
  private @Nullable UpstreamCall call;
  private int attempts;
  private boolean abandonedAttempt;

  ProxyRequest(ReverseProxy with, ProxiedExchange exchange, RoutedRequest<Instance> routed) {
    this.with = with;
    this.exchange = exchange;
    this.routed = routed;
    this.body = new RequestBody(exchange, with.bufferedBody(), this::guarded);
  }

  void begin() {
    exchange.watch(this);
    if (exchange.hasUnreadBody()) {
      body.gather(this::next);
    } else {
      next();
    }
  }

  @Override
  public void check(long now) {
    if (call != null && call.isLate(now) && body.canBeSent()) {
      UpstreamCall late = call;
      guarded(() -> retryElsewhere(late));
    }
  }

  @Override
  public void ended() {
    if (call != null && call.end(isTooLateFor(call) ? CallResult.TIMEOUT : CallResult.CANCELLED)) {
      call.cancel();
    }
    body.drop();
  }

  /// Where the client has not sent all of its request, or has not read all of a response, the time
  /// may have been lost there.
  private boolean isTooLateFor(UpstreamCall awaited) {
    return awaited.isAwaited() && exchange.deadline().expired() && !exchange.hasUnreadBody();
  }

  private void retryElsewhere(UpstreamCall late) {
    if (routed.mayRetryElsewhere()) {
      late.end(CallResult.TIMEOUT);
      late.cancel();
      abandonedAttempt |= late.isSent();
      next();
    }
  }

  private void next() {
    if (exchange.isDone()) {
      return;
    }
    Optional<Attempt<Instance>> chosen = routed.next();
    if (chosen.isEmpty()) {
      shed();
      return;
    }
    Duration share = routed.share(exchange.deadline().remainingAtMost(LONGEST));
    var attempt =
        new UpstreamCall(
            chosen.get(),
            listen(chosen.get().target()),
            System.nanoTime() + share.toNanos(),
            exchange.http().headers().contains(HeaderFields.REQUEST_TIMEOUT));
    call = attempt;
    with.upstreams()
        .request(attempt.instance(), exchange.http().method(), exchange.uri())
        .onComplete(obtained -> guarded(() -> obtained(obtained, attempt)));
  }

  private UpstreamListener.AttemptListener listen(Instance instance) {
    String method = exchange.http().method().name();
    int before = attempts++;
    return exchange.call(() -> with.listener().began(instance, method, before));
  }

  private void obtained(AsyncResult<HttpClientRequest> obtained, UpstreamCall attempt) {
    if (obtained.failed()) {
      failed(attempt, whyNotObtained(obtained.cause()));
      return;
    }
    HttpClientRequest out = obtained.result();
    if (attempt.isEnded()) {
      var _ = out.reset();
      return;
    }
    attempt.sending(out);
    RequestHead.write(exchange, attempt, out);
    if (abandonedAttempt) {
      out.putHeader(HeaderFields.REQUEST_ATTEMPT, Integer.toString(attempts));
    }
    body.describe(out);
    out.response().onComplete(response -> guarded(() -> respondedOrFailed(response, attempt)));
    body.send(out);
  }

  private static CallResult whyNotObtained(Throwable cause) {
    return cause instanceof ConnectionPoolTooBusyException
        ? CallResult.SATURATED
        : CallResult.UNREACHABLE;
  }

  private void respondedOrFailed(AsyncResult<HttpClientResponse> response, UpstreamCall attempt) {
    if (response.failed()) {
      failed(attempt, CallResult.BROKEN);
    } else {
      responded(response.result(), attempt);
    }
  }

  /// Runs a callback. What it throws must not leave the client without a response.
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error thrown) {
      exchange.recover(thrown);
      ended();
    }
  }

  private void responded(HttpClientResponse response, UpstreamCall attempt) {
    if (attempt.isEnded()) {
      return;
    }
    int status = response.statusCode();
    CallResult result = CallResult.ofStatus(status);
    if (goesElsewhere(response)) {
      attempt.responded(status);
      attempt.end(result);
      abandonedAttempt |= result == CallResult.TIMEOUT;
      attempt.cancel();
      next();
      return;
    }
    ResponseStream.pass(
        response,
        exchange,
        attempt,
        new ResponseStream.Ending() {
          @Override
          public void whole() {
            wholly(attempt, result);
          }

          @Override
          public void broken() {
            guarded(() -> failed(attempt, CallResult.BROKEN));
          }
        });
  }

  /// A response may be complete before the request is; the rest of the request is then discarded.
  private void wholly(UpstreamCall attempt, CallResult result) {
    attempt.end(result);
    if (exchange.hasUnreadBody()) {
      attempt.cancel();
      body.drop();
    }
  }

  private boolean goesElsewhere(HttpClientResponse response) {
    String connection = response.getHeader(HttpHeaders.CONNECTION);
    return body.canBeSent()
        && routed.mayRetryAfter(
            response.statusCode(),
            RoutedRequest.CLOSE.equalsIgnoreCase(connection),
            exchange.deadline());
  }

  private void failed(UpstreamCall attempt, CallResult result) {
    if (!attempt.end(result)) {
      return;
    }
    if (exchange.isDone()) {
      return;
    }
    abandonedAttempt |= attempt.isSent();
    if (body.canBeSent() && routed.mayRetry(attempt.isSent())) {
      next();
      return;
    }
    body.drop();
    if (attempt.isSent()) {
      exchange.respond(
          Response.problem(Unavailable.noResponse(), BAD_GATEWAY, exchange.requestId()));
    } else if (result == CallResult.SATURATED) {
      exchange.recover(Unavailable.overloaded(ReverseProxy.SHORTEST_WAIT));
    } else {
      shed();
    }
  }

  /// No instance can take the request; the response says when to retry.
  private void shed() {
    body.drop();
    exchange.recover(Unavailable.noInstance(with.retryAfter()));
  }
}
