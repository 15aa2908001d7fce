package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.resilience.Deadline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its one answer, on the event loop. Whoever answers first wins: the handler, the
/// deadline, or the client by leaving.
final class Exchange implements Conversation {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final int CLIENT_LEFT = 499;
  private static final int NO_ANSWER = 500;

  private final HttpServerRequest http;
  private final Connection connection;
  private final String requestId;
  private final ClientAddress client;
  private final Deadline deadline;
  private final long startedAt = System.nanoTime();
  private RequestObserver.OfRoute observer;
  private Route route;
  private boolean bodyRead;
  private boolean answered;
  private InFlight.@Nullable Place place;
  private @Nullable Thread worker;

  Exchange(
      HttpServerRequest http,
      Connection connection,
      String requestId,
      ClientAddress client,
      RouteTable.Operation unknown) {
    this.http = http;
    this.connection = connection;
    this.requestId = requestId;
    this.client = client;
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

  /// The path template, `other` when the request found no route.
  String template() {
    return route.template();
  }

  /// The method of the route, `OTHER` when the request found none.
  String methodLabel() {
    return route.method();
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
  InFlight.Place enter(InFlight inFlight) {
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
      answer(Recovery.answer(thrown, route, requestId));
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
    if (connection.all().isDraining() || AnswerHead.wantsClose(http)) {
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
    AnswerHead.write(http, connection, requestId, response, last);
    connection.finish(this);
    var written = out.end(Buffer.buffer(response.body()));
    if (last) {
      written.onComplete(_ -> connection.close());
    }
  }

  private void giveUp(Throwable thrown) {
    log.error("An answer could not be written", thrown);
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

  private void observe(int status) {
    long nanos = System.nanoTime() - startedAt;
    observer.answered(status, nanos);
    AccessLog.answered(this, status, nanos);
  }
}
