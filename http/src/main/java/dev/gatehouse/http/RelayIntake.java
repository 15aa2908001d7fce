package dev.gatehouse.http;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import io.vertx.core.http.HttpServerRequest;

/// Takes each request from its head to the relay, past the same checks of its shape as one that is
/// answered here. One for each loop.
final class RelayIntake implements Intake {
  private final Relay relay;
  private final RequestIds requestIds;
  private final RequestTraces traces;
  private final ClientAddresses clientAddresses;
  private final InFlight inFlight;
  private final MethodObservers observers;

  RelayIntake(
      Relay relay,
      RequestIds requestIds,
      RequestTraces traces,
      ClientAddresses clientAddresses,
      InFlight inFlight,
      MethodObservers observers) {
    this.relay = relay;
    this.requestIds = requestIds;
    this.traces = traces;
    this.clientAddresses = clientAddresses;
    this.inFlight = inFlight;
    this.observers = observers;
  }

  @Override
  public void handle(HttpServerRequest http) {
    Connection connection = Connection.of(http);
    if (connection.isEnding()) {
      return;
    }
    Passage passage = begin(http, connection);
    try {
      checkShape(http);
    } catch (Refusal malformed) {
      passage.refuseForGood(malformed);
      return;
    }
    try {
      passage.enter(inFlight);
      relay.take(passage);
    } catch (RuntimeException | Error thrown) {
      passage.fail(thrown);
    }
  }

  @Override
  public void refuseInvalid(HttpServerRequest http) {
    Connection connection = Connection.of(http);
    if (connection.isEnding()) {
      return;
    }
    var refusal = new Refusal(ErrorCode.MALFORMED_REQUEST, "The request is not proper HTTP.");
    Passage passage = begin(http, connection);
    int status = Dispatcher.status(http.decoderResult().cause());
    passage.answer(ProblemResponses.of(refusal, status, passage.requestId()));
  }

  private static void checkShape(HttpServerRequest http) {
    RequestShape.check(http);
    Target.of(http.uri());
  }

  private Passage begin(HttpServerRequest http, Connection connection) {
    TraceContext trace = traces.of(http.headers());
    var passage =
        new Passage(
            http,
            connection,
            requestIds.of(http.headers().get(HeaderNames.REQUEST_ID)),
            clientAddresses.of(http.headers(), connection),
            trace,
            traces.begin(trace),
            observers.of(http.method()));
    connection.begin(passage);
    return passage;
  }
}
