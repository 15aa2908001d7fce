package dev.gatehouse.http.internal;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.resilience.Deadline;
import io.vertx.core.MultiMap;

/// What the connections and requests of one event loop share. Used by that loop alone.
public final class ServerContext {
  private final HttpSettings settings;
  private final RequestIds requestIds;
  private final RequestTraces traces;
  private final ClientAddresses clientAddresses;
  private final CorsPolicy cors;
  private final ConcurrencyLimit limit;
  private final HttpDate clock;
  private CharSequence date;
  private boolean draining;

  ServerContext(
      HttpSettings settings,
      RequestIds requestIds,
      RequestTraces traces,
      ClientAddresses clientAddresses,
      CorsPolicy cors,
      ConcurrencyLimit limit,
      HttpDate clock) {
    this.settings = settings;
    this.requestIds = requestIds;
    this.traces = traces;
    this.clientAddresses = clientAddresses;
    this.cors = cors;
    this.limit = limit;
    this.clock = clock;
    this.date = clock.now();
  }

  RequestIds requestIds() {
    return requestIds;
  }

  RequestTraces traces() {
    return traces;
  }

  ClientAddresses clientAddresses() {
    return clientAddresses;
  }

  /// Which web pages may read the responses.
  public CorsPolicy cors() {
    return cors;
  }

  ConcurrencyLimit limit() {
    return limit;
  }

  /// The value of `Date`, at most one interval of the periodic check old.
  CharSequence date() {
    return date;
  }

  void refreshDate() {
    date = clock.now();
  }

  /// Whether each response is the last of its connection.
  boolean isDraining() {
    return draining;
  }

  void drain() {
    draining = true;
  }

  int maxConnections() {
    return settings.maxConnections();
  }

  long headerNanos() {
    return settings.headerTimeout().toNanos();
  }

  long idleNanos() {
    return settings.idleTimeout().toNanos();
  }

  /// When the response to a request with these headers is due: after the server's own timeout, or
  /// sooner where the client waits no longer.
  Deadline requestDeadline(MultiMap headers) {
    String sent = headers.get(HeaderNames.REQUEST_TIMEOUT);
    return Deadline.after(RequestTimeout.of(sent, settings.requestTimeout()));
  }
}
