package dev.gatehouse.gateway;

import dev.gatehouse.discovery.Instance;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.server.ProxiedExchange;
import dev.gatehouse.resilience.upstream.Attempt;
import dev.gatehouse.resilience.upstream.Reply;
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
  private final ProxiedExchange passage;
  private final RequestBody body;
  private final RoutedRequest<Instance> journey;
  private @Nullable UpstreamCall call;
  private int attempts;
  private boolean givenUp;

  ProxyRequest(ReverseProxy with, ProxiedExchange passage, RoutedRequest<Instance> journey) {
    this.with = with;
    this.passage = passage;
    this.journey = journey;
    this.body = new RequestBody(passage, with.bufferedBody(), this::guarded);
  }

  void begin() {
    passage.watch(this);
    if (passage.hasUnreadBody()) {
      body.gather(this::next);
    } else {
      next();
    }
  }

  @Override
  public void check(long now) {
    if (call != null && call.isLate(now) && body.canBeSent()) {
      UpstreamCall late = call;
      guarded(() -> moveOnFrom(late));
    }
  }

  @Override
  public void ended() {
    if (call != null && call.end(isTooLateFor(call) ? Outcome.LATE : Outcome.ABANDONED)) {
      call.cancel();
    }
    body.drop();
  }

  /// Where the client has not sent all of its request, or has not read all of an answer, the time
  /// may have been lost there.
  private boolean isTooLateFor(UpstreamCall awaited) {
    return awaited.isAwaited() && passage.deadline().expired() && !passage.hasUnreadBody();
  }

  private void moveOnFrom(UpstreamCall late) {
    if (journey.mayMoveOn()) {
      late.end(Outcome.LATE);
      late.cancel();
      givenUp |= late.isSent();
      next();
    }
  }

  private void next() {
    if (passage.isDone()) {
      return;
    }
    Optional<Attempt<Instance>> chosen = journey.next();
    if (chosen.isEmpty()) {
      shed();
      return;
    }
    Duration share = journey.share(passage.deadline().remainingAtMost(LONGEST));
    var attempt =
        new UpstreamCall(
            chosen.get(),
            told(chosen.get().target()),
            System.nanoTime() + share.toNanos(),
            passage.http().headers().contains(HeaderFields.REQUEST_TIMEOUT));
    call = attempt;
    with.upstreams()
        .request(attempt.instance(), passage.http().method(), passage.uri())
        .onComplete(obtained -> guarded(() -> obtained(obtained, attempt)));
  }

  private UpstreamListener.Attempt told(Instance instance) {
    String method = passage.http().method().name();
    int before = attempts++;
    return passage.call(() -> with.listener().began(instance, method, before));
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
    RequestHead.write(passage, attempt, out);
    if (givenUp) {
      out.putHeader(HeaderFields.REQUEST_ATTEMPT, Integer.toString(attempts));
    }
    body.describe(out);
    out.response().onComplete(answer -> guarded(() -> answeredOrFailed(answer, attempt)));
    body.send(out);
  }

  private static Outcome whyNotObtained(Throwable cause) {
    return cause instanceof ConnectionPoolTooBusyException
        ? Outcome.SATURATED
        : Outcome.UNREACHABLE;
  }

  private void answeredOrFailed(AsyncResult<HttpClientResponse> answer, UpstreamCall attempt) {
    if (answer.failed()) {
      failed(attempt, Outcome.BROKEN);
    } else {
      answered(answer.result(), attempt);
    }
  }

  /// Steps are taken when something happens somewhere; what one of them throws must not leave the
  /// client without an answer.
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | Error thrown) {
      passage.fail(thrown);
      ended();
    }
  }

  private void answered(HttpClientResponse answer, UpstreamCall attempt) {
    if (attempt.isEnded()) {
      return;
    }
    int status = answer.statusCode();
    Reply reply =
        Reply.of(status, Reply.CLOSE.equalsIgnoreCase(answer.getHeader(HttpHeaders.CONNECTION)));
    if (isToBeAskedElsewhere(reply)) {
      attempt.answered(status);
      attempt.end(Outcome.of(reply));
      givenUp |= reply == Reply.LATE;
      attempt.cancel();
      next();
      return;
    }
    ResponseStream.pass(
        answer,
        passage,
        attempt,
        new ResponseStream.Ending() {
          @Override
          public void whole() {
            wholly(attempt, Outcome.of(reply));
          }

          @Override
          public void broken() {
            guarded(() -> failed(attempt, Outcome.BROKEN));
          }
        });
  }

  /// An answer may be there before the request is: the rest of that is then of no use to anybody.
  private void wholly(UpstreamCall attempt, Outcome outcome) {
    attempt.end(outcome);
    if (passage.hasUnreadBody()) {
      attempt.cancel();
      body.drop();
    }
  }

  /// An instance that takes no more requests, as against one that is merely busy; and one whose own
  /// time-out is shorter than ours: another may have more time.
  private boolean isToBeAskedElsewhere(Reply reply) {
    return body.canBeSent()
        && switch (reply) {
          case LEAVING -> journey.mayGoOn(true);
          case LATE -> !passage.deadline().expired() && journey.mayMoveOn();
          case GOOD, ERROR, BUSY -> false;
        };
  }

  private void failed(UpstreamCall attempt, Outcome outcome) {
    if (!attempt.end(outcome)) {
      return;
    }
    if (passage.isDone()) {
      return;
    }
    givenUp |= attempt.isSent();
    if (body.canBeSent() && journey.mayGoOn(attempt.isSent())) {
      next();
      return;
    }
    body.drop();
    if (attempt.isSent()) {
      passage.answer(Response.problem(Unavailable.unanswered(), BAD_GATEWAY, passage.requestId()));
    } else if (outcome == Outcome.SATURATED) {
      passage.fail(Unavailable.overloaded(ReverseProxy.SHORTEST_WAIT));
    } else {
      shed();
    }
  }

  /// No one can take the request: said with the time after which that may have changed.
  private void shed() {
    body.drop();
    passage.fail(Unavailable.nobody(with.retryAfter()));
  }
}
