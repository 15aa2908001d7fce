package dev.gatehouse.http.internal;

import dev.gatehouse.http.Route;
import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.http.observation.RequestObserver;
import dev.gatehouse.http.observation.RequestSpan;
import dev.gatehouse.http.observation.TraceContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/// What the access log, the metrics and the trace record of a request, and its report to them.
abstract class RecordedRequest {
  private final HttpServerRequest http;
  private final ServerContext context;
  private final TraceContext trace;
  private final String requestId;
  private final ClientAddress client;
  private final @Nullable RequestSpan span;
  private final long startedAt = System.nanoTime();
  private Route route;
  private RequestObserver.OfRoute observer;

  /// @param route represents the request in logs and metrics until [#found]
  RecordedRequest(
      HttpServerRequest http,
      Connection connection,
      Route route,
      RequestObserver.OfRoute observer) {
    MultiMap headers = http.headers();
    this.http = http;
    this.context = connection.context();
    this.trace = context.traces().of(headers);
    this.requestId = context.requestIds().of(headers);
    this.client = context.clientAddresses().of(headers, connection);
    this.span = context.traces().begin(trace);
    this.route = route;
    this.observer = observer;
  }

  /// The request and its response, as Vert.x represents them.
  public final HttpServerRequest http() {
    return http;
  }

  /// What the requests of this event loop share.
  public final ServerContext context() {
    return context;
  }

  /// Ties the log lines of one request together: the client's own id, or a generated one.
  public final String requestId() {
    return requestId;
  }

  /// The address of the client.
  protected final ClientAddress client() {
    return client;
  }

  /// Where the request is in its trace.
  protected final TraceContext trace() {
    return trace;
  }

  /// Records the request, null when it is not recorded.
  protected final @Nullable RequestSpan span() {
    return span;
  }

  /// The route that represents the request.
  protected final Route route() {
    return route;
  }

  /// Names the route that represents the request in logs and metrics.
  protected final void found(Route its, RequestObserver.OfRoute observing) {
    route = its;
    observer = observing;
  }

  /// The path to record, without the query; may hold anything.
  protected abstract String recordedPath();

  /// Reports how the request ended to the listener of outcomes.
  protected void reportOutcome(int status) {}

  /// Reports how the request ended.
  ///
  /// @param status of the response
  final void report(int status) {
    long nanos = System.nanoTime() - startedAt;
    observer.responded(status, nanos, span == null ? null : trace);
    reportOutcome(status);
    if (span != null) {
      span.end(ending(status));
    }
    if (AccessLog.includes(route, status)) {
      AccessLog.write(route, status, nanos, requestId, client, trace);
    }
  }

  private RequestSpan.Ending ending(int status) {
    return new RequestSpan.Ending(
        http.method().name(),
        http.isSSL() ? "https" : "http",
        recordedPath(),
        route.template(),
        status,
        client.text());
  }
}
