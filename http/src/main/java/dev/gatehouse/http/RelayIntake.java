package dev.gatehouse.http;

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
  public void take(HttpServerRequest http, Connection connection, Target target) {
    Passage passage = begin(http, connection, target);
    try {
      passage.enter(inFlight);
      if (target.isServer()) {
        passage.answer(Methods.ofServer());
        return;
      }
      relay.take(passage);
    } catch (RuntimeException | Error thrown) {
      passage.fail(thrown);
    }
  }

  @Override
  public void refuse(HttpServerRequest http, Connection connection, Refusal refusal, int status) {
    begin(http, connection, Target.UNKNOWN).refuseForGood(refusal, status);
  }

  private Passage begin(HttpServerRequest http, Connection connection, Target target) {
    TraceContext trace = traces.of(http.headers());
    var passage =
        new Passage(
            http,
            target,
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
