package dev.gatehouse.http.server;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Methods;
import dev.gatehouse.http.TraceContext;
import io.vertx.core.http.HttpServerRequest;

/// Takes each request from its head to the relay, past the same checks of its shape as one that is
/// answered here. One for each loop.
final class ProxyDispatcher implements RequestAcceptor {
  private final ProxyHandler relay;
  private final RequestIds requestIds;
  private final RequestTraces traces;
  private final ClientAddresses clientAddresses;
  private final ConcurrencyLimit inFlight;
  private final MethodObservers observers;

  ProxyDispatcher(
      ProxyHandler relay,
      RequestIds requestIds,
      RequestTraces traces,
      ClientAddresses clientAddresses,
      ConcurrencyLimit inFlight,
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
    ProxiedExchange passage = begin(http, connection, target);
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

  private ProxiedExchange begin(HttpServerRequest http, Connection connection, Target target) {
    TraceContext trace = traces.of(http.headers());
    var passage =
        new ProxiedExchange(
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
