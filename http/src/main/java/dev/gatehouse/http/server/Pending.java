package dev.gatehouse.http.server;

import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Queries;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.RouteMatch;
import dev.gatehouse.http.WouldBlock;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/// A request that found its route: run on the event loop when there is an immediate answer, on a
/// virtual thread of its own otherwise.
final class Pending {
  private final Exchange exchange;
  private final Target target;
  private final RouteMatch match;

  Pending(Exchange exchange, Target target, RouteMatch match) {
    this.exchange = exchange;
    this.target = target;
    this.match = match;
  }

  void run(byte[] body, ConcurrencyLimit inFlight) {
    Map<String, String> query = Queries.of(target.query(), match.route());
    Request request = request(query, body);
    Handler attempt = match.operation().attempt();
    if (attempt != null && answered(attempt, request)) {
      return;
    }
    exchange.enter(inFlight);
    exchange.workOn(Thread.ofVirtual().name("request").unstarted(() -> work(request)));
  }

  private boolean answered(Handler attempt, Request request) {
    try {
      exchange.answer(attempt.handle(request));
      return true;
    } catch (WouldBlock later) {
      return false;
    }
  }

  private void work(Request request) {
    try {
      Handler chain = match.operation().chain();
      exchange.finishLater(
          exchange.deadline().call(() -> exchange.work(() -> chain.handle(request))));
    } catch (RuntimeException | Error thrown) {
      exchange.failLater(thrown);
    }
  }

  private Request request(Map<String, String> query, byte[] body) {
    HttpServerRequest http = exchange.http();
    return new Request(
        http.method().name(),
        target.path(),
        match,
        query,
        http.headers(),
        body,
        exchange.requestId(),
        exchange.client());
  }
}
