package dev.gatehouse.http.server;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Authenticator;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.RouteTable;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.internal.Listeners;
import dev.gatehouse.http.internal.ServerBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A running server of HTTP/1.1. Thread-safe.
public final class HttpServer implements AutoCloseable {
  private final Listeners listeners;

  private HttpServer(Listeners listeners) {
    this.listeners = listeners;
  }

  /// A server with these settings, yet to be given its routes.
  public static Builder builder(HttpSettings settings) {
    return new Builder(settings);
  }

  /// The port it listens on.
  public int port() {
    return listeners.port();
  }

  /// The number of open connections.
  public int activeConnections() {
    return listeners.activeConnections();
  }

  /// Closes the server without failing a request, see [Listeners#drain].
  public void drain(Duration grace) {
    listeners.drain(grace);
  }

  /// Drains with the grace of the settings.
  @Override
  public void close() {
    listeners.close();
  }

  /// What a server is made of.
  public static final class Builder extends ServerBuilder<Builder> {
    private final List<Route> routes = new ArrayList<>();
    private List<Filter> outerFilters = List.of();
    private List<Filter> filters = List.of();
    private Authenticator authenticator =
        _ -> {
          throw Refusal.invalidToken();
        };

    private Builder(HttpSettings settings) {
      super(settings);
    }

    @Override
    protected Builder self() {
      return this;
    }

    /// Adds operations to serve.
    public Builder routes(List<Route> served) {
      routes.addAll(served);
      return this;
    }

    /// Filters around authentication and all that follows; what is thrown further in reaches them
    /// as a response. Outermost first.
    public Builder outerFilters(List<Filter> outer) {
      outerFilters = List.copyOf(outer);
      return this;
    }

    /// Filters around every handler, inside error handling and authentication; outermost first.
    public Builder filters(List<Filter> inner) {
      filters = List.copyOf(inner);
      return this;
    }

    /// Identifies callers; without an authenticator every token is refused.
    public Builder authenticator(Authenticator known) {
      authenticator = known;
      return this;
    }

    /// Binds the port and serves.
    ///
    /// @throws Fault when it cannot listen, with the reason as its cause
    public HttpServer start(EventLoops loops) {
      var dispatcher = new RouteDispatcher(table(), settings().maxBody());
      return new HttpServer(listen(loops, false, _ -> dispatcher));
    }

    private RouteTable table() {
      FilterChain chain = FilterChain.standard(outerFilters, authenticator, filters);
      return new RouteTable(
          routes.stream().map(route -> operation(route, chain)).toList(),
          operation(Route.other(), chain),
          known -> operation(Route.options(known.route().template()), chain));
    }

    private RouteTable.Operation operation(Route route, FilterChain chain) {
      return new RouteTable.Operation(
          route,
          RouteTable.names(route.template()),
          chain.around(route, route.handler()),
          route.immediate().map(immediate -> chain.aroundImmediate(route, immediate)).orElse(null),
          observer().forRoute(route.method(), route.template()));
    }
  }
}
