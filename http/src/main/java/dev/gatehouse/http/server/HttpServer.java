package dev.gatehouse.http.server;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.Authenticator;
import dev.gatehouse.http.EventLoops;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Futures;
import dev.gatehouse.http.RequestObserver;
import dev.gatehouse.http.RequestTracer;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.RouteTable;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.http.tls.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A running server of HTTP/1.1, and of HTTP/2 where it only relays. Thread-safe.
public final class HttpServer implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofSeconds(10);
  private static final int MAX_IN_FLIGHT = 1024;
  private static final Duration LONGEST_QUIET = Duration.ofSeconds(1);
  private static final Duration MARGIN = Duration.ofSeconds(2);

  private final HttpSettings settings;
  private final AtomicInteger connections;
  private final List<Listener> listeners;

  private HttpServer(HttpSettings settings, AtomicInteger connections, List<Listener> listeners) {
    this.settings = settings;
    this.connections = connections;
    this.listeners = List.copyOf(listeners);
  }

  /// A server with these settings, yet to be given its routes.
  public static Builder builder(HttpSettings settings) {
    return new Builder(settings);
  }

  /// The port it listens on.
  public int port() {
    return listeners.getFirst().port();
  }

  /// The number of open connections.
  public int activeConnections() {
    return connections.get();
  }

  /// Closes the server without failing a request: clients are told with each answer to close their
  /// connection, idle connections are closed a moment later, nothing new is accepted, and requests
  /// in flight get the time to finish. Returns within the grace, give or take a scheduler's delay.
  /// Draining again has no effect.
  public void drain(Duration grace) {
    Duration quarter = grace.dividedBy(4);
    Duration quiet = quarter.compareTo(LONGEST_QUIET) < 0 ? quarter : LONGEST_QUIET;
    Duration rest = grace.minus(quiet);
    List<Future<Void>> drained = listeners.stream().map(each -> each.drain(quiet, rest)).toList();
    Futures.until(Future.join(drained), grace.plus(MARGIN), "The server could not be drained.");
  }

  /// Drains with the grace of the settings.
  @Override
  public void close() {
    drain(settings.shutdownGrace());
  }

  /// What a server is made of.
  public static final class Builder {
    private final HttpSettings settings;
    private final List<Route> routes = new ArrayList<>();
    private List<Filter> outerFilters = List.of();
    private List<Filter> filters = List.of();
    private TrustedProxies proxies = TrustedProxies.NONE;
    private Authenticator authenticator =
        _ -> {
          throw Refusal.invalidToken();
        };
    private @Nullable CertificateFiles certificate;
    private CorsPolicy origins = CorsPolicy.NONE;
    private RequestObserver observer = RequestObserver.NONE;
    private ProxyHandler.@Nullable Opening relay;
    private RequestTracer tracer = RequestTracer.NONE;
    private InstantSource time = InstantSource.system();
    private LongSupplier random = () -> ThreadLocalRandom.current().nextLong();

    private Builder(HttpSettings settings) {
      this.settings = settings;
    }

    /// The operations it serves, beside those given before.
    public Builder routes(List<Route> served) {
      routes.addAll(served);
      return this;
    }

    /// Passes every request on instead of answering by routes and filters. Over TLS clients may
    /// then choose HTTP/2.
    public Builder relay(ProxyHandler.Opening opening) {
      relay = opening;
      return this;
    }

    /// Filters around authentication and all that follows; what is thrown further in reaches them
    /// as an answer. Outermost first.
    public Builder outerFilters(List<Filter> outer) {
      outerFilters = List.copyOf(outer);
      return this;
    }

    /// Filters around every handler, inside recovery and authentication; outermost first.
    public Builder filters(List<Filter> inner) {
      filters = List.copyOf(inner);
      return this;
    }

    /// Tells who bears a token; without one every token is refused.
    public Builder authenticator(Authenticator known) {
      authenticator = known;
      return this;
    }

    /// Proxies that are believed when they say whom they serve.
    public Builder trustedProxies(TrustedProxies trusted) {
      proxies = trusted;
      return this;
    }

    /// Speaks TLS, and nothing else, with this certificate.
    public Builder tls(CertificateFiles shown) {
      certificate = shown;
      return this;
    }

    /// Lets scripts of these web origins, such as `https://app.example.com`, read answers.
    public Builder origins(Set<String> allowed) {
      origins = new CorsPolicy(allowed);
      return this;
    }

    /// Learns of every answer.
    public Builder observer(RequestObserver watching) {
      observer = watching;
      return this;
    }

    /// Records requests as spans.
    public Builder tracer(RequestTracer recording) {
      tracer = recording;
      return this;
    }

    /// The clock behind the header `Date`.
    public Builder time(InstantSource clock) {
      time = clock;
      return this;
    }

    /// The source of request ids and traces; need not be unguessable.
    public Builder random(LongSupplier source) {
      random = source;
      return this;
    }

    /// Binds the port and serves.
    ///
    /// @throws Fault when it cannot listen, with the reason as its cause
    public HttpServer start(EventLoops loops) {
      Opening opening = opening(loops.count());
      int port = settings.port() == 0 ? loops.anyPort() : settings.port();
      var connections = new AtomicInteger();
      String otherwise = "Cannot listen on " + settings.host() + ":" + settings.port() + ".";
      var listeners = new ArrayList<Listener>();
      for (int index = 0; index < loops.count(); index++) {
        var listener = listener(opening, port, connections);
        Futures.until(loops.vertx().deployVerticle(listener), LONGEST_START, otherwise);
        listeners.add(listener);
      }
      return new HttpServer(settings, connections, listeners);
    }

    private interface Opening extends Function<Vertx, RequestAcceptor> {}

    private Opening opening(int loops) {
      int places = Math.max(1, MAX_IN_FLIGHT / loops);
      long bytes = (long) places * settings.maxBody();
      var ids = new RequestIds(random);
      var traces = new RequestTraces(tracer, random);
      var addresses = new ClientAddresses(proxies);
      if (relay != null) {
        ProxyHandler.Opening opened = relay;
        var observers = new MethodObservers(observer);
        return vertx ->
            new ProxyDispatcher(
                opened.open(vertx),
                ids,
                traces,
                addresses,
                new ConcurrencyLimit(places, bytes),
                observers);
      }
      RouteTable table = table();
      return _ ->
          new Dispatcher(
              table,
              ids,
              traces,
              addresses,
              new ConcurrencyLimit(places, bytes),
              settings.maxBody());
    }

    private Listener listener(Opening opening, int port, AtomicInteger connections) {
      HttpServerOptions options = Listener.options(settings.host(), port);
      if (certificate != null) {
        Tls.enable(options, certificate, settings.headerTimeout());
        if (relay != null) {
          Tls.offerHttp2(options);
        }
      }
      return new Listener(
          options,
          new Connections(settings, connections, new HttpDate(time), origins),
          opening,
          settings.checkEvery());
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
          observer.forRoute(route.method(), route.template()));
    }
  }
}
