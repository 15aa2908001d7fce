package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Faults;
import dev.gatehouse.http.OutcomeClaim;
import dev.gatehouse.http.RequestContext;
import dev.gatehouse.http.RequestObserver;
import dev.gatehouse.http.RequestSpan;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.RouteTable;
import dev.gatehouse.http.TraceContext;
import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.resilience.Deadline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its one answer, on the event loop. Anyone who answers first wins: the handler,
/// the deadline, or the client by leaving.
final class Exchange implements ActiveRequest {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final int CLIENT_LEFT = 499;
  private static final int NO_ANSWER = 500;
  private static final long NANOS_PER_MICRO = 1_000;

  private final HttpServerRequest http;
  private final Connection connection;
  private final String requestId;
  private final ClientAddress client;
  private final TraceContext trace;
  private final @Nullable RequestSpan span;
  private final Deadline deadline;
  private final long startedAt = System.nanoTime();
  private final OutcomeClaim outcome = new OutcomeClaim();
  private RequestObserver.OfRoute observer;
  private Route route;
  private boolean bodyRead;
  private boolean answered;
  private ConcurrencyLimit.@Nullable Permit place;
  private @Nullable Thread worker;

  Exchange(
      HttpServerRequest http,
      Connection connection,
      String requestId,
      ClientAddress client,
      TraceContext trace,
      @Nullable RequestSpan span,
      RouteTable.Operation unknown) {
    this.http = http;
    this.connection = connection;
    this.requestId = requestId;
    this.client = client;
    this.trace = trace;
    this.span = span;
    this.deadline = connection.all().requestDeadline(http.headers());
    this.route = unknown.route();
    this.observer = unknown.observer();
  }

  HttpServerRequest http() {
    return http;
  }

  String requestId() {
    return requestId;
  }

  ClientAddress client() {
    return client;
  }

  Deadline deadline() {
    return deadline;
  }

  /// Does the request's work where everybody can tell whose it is.
  <T> T work(ScopedValue.CallableOp<T, RuntimeException> work) {
    return context().call(span == null ? work : () -> span.call(work));
  }

  void found(RouteTable.Operation operation) {
    route = operation.route();
    observer = operation.observer();
  }

  /// The whole body has arrived: the connection can go on after the answer.
  void bodyRead() {
    bodyRead = true;
  }

  /// Takes a place among the requests in flight, if it has none yet.
  ConcurrencyLimit.Permit enter(ConcurrencyLimit inFlight) {
    if (place == null) {
      place = inFlight.enter();
    }
    return place;
  }

  @Override
  public void brokenBody() {
    if (!bodyRead) {
      recover(new Refusal(ErrorCode.MALFORMED_REQUEST, "The body is not framed as announced."));
    }
  }

  void workOn(Thread thread) {
    worker = thread;
    thread.start();
  }

  /// The worker has an answer; called on its own thread, as its last act.
  void finishLater(Response response) {
    connection.execute(() -> finish(() -> answer(response)));
  }

  /// The worker has none; called on its own thread, as its last act.
  void failLater(Throwable thrown) {
    connection.execute(() -> finish(() -> recover(thrown)));
  }

  private void finish(Runnable last) {
    worker = null;
    guard(last);
    leave();
  }

  /// Does a step on the way to the answer, unless there is an answer already.
  void guard(Runnable step) {
    if (answered) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException | Error thrown) {
      recover(thrown);
    }
  }

  /// Answers what was thrown; when not even that succeeds, the connection ends without an answer.
  void recover(Throwable thrown) {
    try {
      answer(context().call(() -> ErrorFilter.answer(thrown, route, requestId)));
    } catch (RuntimeException | Error again) {
      giveUp(again);
    }
  }

  void answer(Response response) {
    if (answered) {
      return;
    }
    answered = true;
    if (!bodyRead) {
      connection.end(true);
    }
    if (connection.all().isDraining() || ResponseHead.wantsClose(http)) {
      connection.end(false);
    }
    try {
      write(response, connection.isEnding());
      observe(response.status());
      leave();
    } catch (RuntimeException | Error unwritable) {
      giveUp(unwritable);
    }
  }

  @Override
  public void check(long now) {
    if (deadline.expired() && !answered) {
      recover(Unavailable.deadlineExceeded());
      interrupt();
    }
  }

  @Override
  public void abandon() {
    if (!answered) {
      answered = true;
      observe(CLIENT_LEFT);
      leave();
    }
    interrupt();
  }

  private void write(Response response, boolean last) {
    HttpServerResponse out = http.response();
    ResponseHead.write(http, connection, requestId, response, last);
    connection.finish(this);
    var written = out.end(Buffer.buffer(response.body()));
    if (last) {
      written.onComplete(_ -> connection.close());
    }
  }

  private void giveUp(Throwable thrown) {
    Faults.describe(log.atError(), thrown)
        .addKeyValue("request_id", requestId)
        .addKeyValue("path", route.template())
        .log("Response could not be written; connection closed");
    answered = true;
    observe(NO_ANSWER);
    leave();
    connection.close();
  }

  private void leave() {
    if (place != null && worker == null) {
      place.leave();
    }
  }

  private void interrupt() {
    if (worker != null) {
      worker.interrupt();
    }
  }

  private RequestContext context() {
    return new RequestContext(requestId, client.text(), trace, outcome);
  }

  private void observe(int status) {
    long nanos = System.nanoTime() - startedAt;
    observer.answered(status, nanos, span == null ? null : trace);
    if (outcome.take()) {
      route.outcomes().ended(status);
    }
    if (span != null) {
      span.end(ending(status));
    }
    if (AccessLog.includes(route, status)) {
      AccessLog.answered(line(status, nanos));
    }
  }

  private RequestSpan.Ending ending(int status) {
    return new RequestSpan.Ending(
        http.method().name(),
        http.isSSL() ? "https" : "http",
        Objects.requireNonNullElse(http.path(), ""),
        route.template(),
        status,
        client.text());
  }

  private AccessLine line(int status, long nanos) {
    return new AccessLine(
        route.method(),
        route.template(),
        status,
        nanos / NANOS_PER_MICRO,
        requestId,
        client.text(),
        trace);
  }
}
