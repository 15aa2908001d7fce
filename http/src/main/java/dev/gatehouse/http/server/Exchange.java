package dev.gatehouse.http.server;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.OutcomeClaim;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.RequestContext;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.RouteMatch;
import dev.gatehouse.http.RouteTable;
import dev.gatehouse.http.WouldBlock;
import dev.gatehouse.http.internal.ActiveRequest;
import dev.gatehouse.http.internal.Connection;
import dev.gatehouse.http.internal.Target;
import dev.gatehouse.http.observation.RequestSpan;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request that is handled here: reads its body, then runs the handler of its route on the event
/// loop when that has a response in memory, otherwise on a virtual thread.
final class Exchange extends ActiveRequest {
  private static final byte[] NO_BODY = {};

  private final Target target;
  private final OutcomeClaim outcome = new OutcomeClaim();
  private @Nullable Thread worker;

  Exchange(
      HttpServerRequest http, Connection connection, Target target, RouteTable.Operation unknown) {
    super(http, connection, unknown.route(), unknown.observer());
    this.target = target;
  }

  Target target() {
    return target;
  }

  void found(RouteTable.Operation operation) {
    found(operation.route(), operation.observer());
  }

  /// Reads the body that the head announces, and handles the request when all of it is there. Takes
  /// memory for what has arrived, not for what was announced.
  ///
  /// @param limit the most bytes of a body
  void receive(RouteMatch match, int limit) {
    found(match.operation());
    if (!hasUnreadBody()) {
      handle(match, NO_BODY);
      return;
    }
    HttpServerRequest http = http();
    BodyValidation.check(http.headers(), match.route(), limit);
    admit();
    var body = new ByteArrayOutputStream();
    http.handler(chunk -> guard(() -> append(chunk, body, limit)));
    http.endHandler(_ -> guard(() -> received(match, body)));
    if (http.headers().contains(HeaderNames.EXPECT)) {
      http.response().writeContinue();
    }
  }

  private void append(Buffer chunk, ByteArrayOutputStream body, int limit) {
    if (held() + chunk.length() > limit) {
      throw BodyValidation.tooLarge();
    }
    hold(chunk.length());
    body.writeBytes(chunk.getBytes());
  }

  private void received(RouteMatch match, ByteArrayOutputStream body) {
    bodyRead();
    handle(match, body.toByteArray());
  }

  /// Does a step on the way to the response, unless there is a response already.
  private void guard(Runnable step) {
    if (isDone()) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException | Error thrown) {
      recover(thrown);
    }
  }

  private void handle(RouteMatch match, byte[] body) {
    Request request = request(match, body);
    Handler attempt = match.operation().attempt();
    if (attempt != null && respondsAtOnce(attempt, request)) {
      return;
    }
    admit();
    worker = Thread.ofVirtual().name("request").unstarted(() -> work(match, request));
    worker.start();
  }

  private Request request(RouteMatch match, byte[] body) {
    HttpServerRequest http = http();
    return new Request(
        http.method().name(),
        target.path(),
        match,
        Queries.of(target.query(), match.route()),
        http.headers(),
        body,
        requestId(),
        client());
  }

  private boolean respondsAtOnce(Handler attempt, Request request) {
    try {
      respond(attempt.handle(request));
      return true;
    } catch (WouldBlock later) {
      return false;
    }
  }

  /// Runs on the virtual thread; its last act is to hand the outcome to the event loop.
  private void work(RouteMatch match, Request request) {
    try {
      Handler chain = match.operation().chain();
      Response response = deadline().call(() -> inContext(() -> chain.handle(request)));
      connection().execute(() -> worked(response));
    } catch (RuntimeException | Error thrown) {
      connection().execute(() -> failed(thrown));
    }
  }

  private <T> T inContext(ScopedValue.CallableOp<T, RuntimeException> work) {
    RequestSpan span = span();
    return requestContext().call(span == null ? work : () -> span.call(work));
  }

  private RequestContext requestContext() {
    return new RequestContext(requestId(), client().text(), trace(), outcome);
  }

  private void worked(Response response) {
    worker = null;
    respond(response);
    leave();
  }

  private void failed(Throwable thrown) {
    worker = null;
    if (!isDone()) {
      recover(thrown);
    }
    leave();
  }

  @Override
  protected Response error(Throwable thrown) {
    return requestContext().call(() -> super.error(thrown));
  }

  /// The place stays taken while the worker runs, even when the response is out.
  @Override
  protected void leave() {
    if (worker == null) {
      super.leave();
    }
  }

  /// Interrupts the worker also when the response is out: it may still run.
  @Override
  protected void abandon() {
    super.abandon();
    ended();
  }

  @Override
  protected void ended() {
    if (worker != null) {
      worker.interrupt();
    }
  }

  @Override
  protected String recordedPath() {
    return Objects.requireNonNullElse(http().path(), "");
  }

  @Override
  protected void reportOutcome(int status) {
    if (outcome.take()) {
      route().outcomes().ended(status);
    }
  }
}
