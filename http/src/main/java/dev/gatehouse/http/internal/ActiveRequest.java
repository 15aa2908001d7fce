package dev.gatehouse.http.internal;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.ProblemResponses;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.eventloop.Faults;
import dev.gatehouse.http.observation.RequestObserver;
import dev.gatehouse.resilience.Deadline;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One request and its one response, on the event loop of its connection. The first response wins:
/// that of the handler, of the deadline, or none because the client left.
public abstract class ActiveRequest extends AdmittedRequest {
  private static final Logger log = LoggerFactory.getLogger(ActiveRequest.class);
  private static final int CLIENT_LEFT = 499;
  private static final int NO_RESPONSE = 500;

  private final Connection connection;
  private final Deadline deadline;
  private final boolean multiplexed;
  private boolean bodyRead;
  private boolean done;

  /// @param route represents the request in logs and metrics until [#found]
  protected ActiveRequest(
      HttpServerRequest http,
      Connection connection,
      Route route,
      RequestObserver.OfRoute observer) {
    super(http, connection, route, observer);
    MultiMap headers = http.headers();
    this.connection = connection;
    this.deadline = connection.context().requestDeadline(headers);
    this.multiplexed = http.version() == HttpVersion.HTTP_2;
    this.bodyRead = !multiplexed && !RequestValidation.announcesBody(headers);
  }

  /// When the response is due.
  public final Deadline deadline() {
    return deadline;
  }

  /// The connection that the request came on.
  protected final Connection connection() {
    return connection;
  }

  /// Whether other requests share the connection (HTTP/2).
  protected final boolean isMultiplexed() {
    return multiplexed;
  }

  /// The whole body has arrived: the connection can serve further requests.
  public final void bodyRead() {
    bodyRead = true;
  }

  /// Whether a body was announced that has not been read to its end.
  public final boolean hasUnreadBody() {
    return !bodyRead;
  }

  /// Whether a response has been sent, or none can be sent any more.
  public final boolean isDone() {
    return done;
  }

  /// Sends a whole response, unless one has been sent.
  public void respond(Response response) {
    if (done) {
      return;
    }
    done = true;
    try {
      boolean last = endsConnection();
      ResponseHead.write(http(), context(), requestId(), response, last);
      finish(Buffer.buffer(response.body()), last);
      conclude(response.status());
    } catch (RuntimeException | Error unwritable) {
      giveUp(unwritable);
    }
  }

  /// Responds to what was thrown; when that fails too, the connection ends without a response.
  public final void recover(Throwable thrown) {
    try {
      respond(error(thrown));
    } catch (RuntimeException | Error again) {
      giveUp(again);
    }
  }

  /// The response to what was thrown.
  protected Response error(Throwable thrown) {
    return ErrorFilter.response(thrown, route(), requestId());
  }

  /// Refuses a malformed request, after which nothing on its connection can be trusted.
  final void refuse(Refusal malformed, int status) {
    if (!multiplexed) {
      connection.end(true);
    }
    respond(ProblemResponses.of(malformed, status, requestId()));
  }

  /// Decides whether the connection ends with this response.
  protected boolean endsConnection() {
    if (multiplexed) {
      return false;
    }
    if (!bodyRead) {
      connection.end(true);
    }
    if (context().isDraining() || ResponseHead.wantsClose(http())) {
      connection.end(false);
    }
    return connection.isEnding();
  }

  /// Writes the end of the response.
  ///
  /// @param rest its last bytes, possibly none
  protected final void finish(Buffer rest, boolean last) {
    HttpServerResponse out = http().response();
    connection.finish(this);
    var written = rest.length() == 0 ? out.end() : out.end(rest);
    if (last) {
      written.onComplete(_ -> connection.close());
    }
  }

  /// Frees what the request holds and reports how it ended.
  ///
  /// @param status of the response
  protected final void conclude(int status) {
    done = true;
    report(status);
    leave();
  }

  /// Ends the request without a whole response.
  protected void cutOff() {
    connection.close();
  }

  private void giveUp(Throwable thrown) {
    Faults.describe(log.atError(), thrown)
        .addKeyValue("request_id", requestId())
        .addKeyValue("path", route().template())
        .log("Response could not be written; connection closed");
    conclude(NO_RESPONSE);
    cutOff();
  }

  /// Called several times a second while there is no response: has the time run out?
  final void check(long now) {
    if (done) {
      return;
    }
    if (deadline.expired()) {
      recover(Unavailable.deadlineExceeded());
      ended();
      return;
    }
    awaiting(now);
  }

  /// The client has left: the response is no longer wanted.
  protected void abandon() {
    if (!done) {
      conclude(CLIENT_LEFT);
      connection.finish(this);
      ended();
    }
  }

  /// The body is not framed as announced.
  final void brokenBody() {
    if (!bodyRead && !done) {
      recover(new Refusal(ErrorCode.MALFORMED_REQUEST, "The body is not framed as announced."));
      ended();
    }
  }

  /// Called several times a second while the response is awaited.
  protected void awaiting(long now) {}

  /// The server ended the request before its handler did: the time ran out, the client left, or the
  /// body is broken.
  protected abstract void ended();
}
