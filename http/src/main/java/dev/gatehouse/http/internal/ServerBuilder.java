package dev.gatehouse.http.internal;

import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.observation.RequestObserver;
import dev.gatehouse.http.observation.RequestTracer;
import dev.gatehouse.http.tls.CertificateFiles;
import dev.gatehouse.http.tls.Tls;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The parts that every server has, whether it handles requests or proxies them.
///
/// @param <B> the builder of one kind of server
public abstract class ServerBuilder<B extends ServerBuilder<B>> {
  private static final int MAX_IN_FLIGHT = 1024;

  private final HttpSettings settings;
  private TrustedProxies proxies = TrustedProxies.NONE;
  private @Nullable CertificateFiles certificate;
  private RequestObserver observer = RequestObserver.NONE;
  private RequestTracer tracer = RequestTracer.NONE;
  private CorsPolicy cors = CorsPolicy.NONE;
  private InstantSource time = InstantSource.system();
  private LongSupplier random = () -> ThreadLocalRandom.current().nextLong();

  protected ServerBuilder(HttpSettings settings) {
    this.settings = settings;
  }

  /// This builder.
  protected abstract B self();

  /// The proxies whose forwarding headers are believed.
  public final B trustedProxies(TrustedProxies trusted) {
    proxies = trusted;
    return self();
  }

  /// Accepts only TLS, with this certificate.
  public final B tls(CertificateFiles shown) {
    certificate = shown;
    return self();
  }

  /// Receives every response.
  public final B observer(RequestObserver observing) {
    observer = observing;
    return self();
  }

  /// Records requests as spans.
  public final B tracer(RequestTracer recording) {
    tracer = recording;
    return self();
  }

  /// Permits scripts of these web origins, such as `https://app.example.com`, to read responses.
  public final B origins(Set<String> allowed) {
    cors = new CorsPolicy(allowed);
    return self();
  }

  /// The clock behind the header `Date`.
  public final B time(InstantSource clock) {
    time = clock;
    return self();
  }

  /// The source of request ids and traces; need not be unguessable.
  public final B random(LongSupplier source) {
    random = source;
    return self();
  }

  protected final HttpSettings settings() {
    return settings;
  }

  protected final RequestObserver observer() {
    return observer;
  }

  /// Binds the port and serves.
  ///
  /// @param http2 whether clients may choose HTTP/2 over TLS
  /// @param dispatcher is called on each event loop
  /// @throws dev.gatehouse.errors.Fault when it cannot listen, with the reason as its cause
  protected final Listeners listen(
      EventLoops loops, boolean http2, Function<Vertx, Dispatcher<?>> dispatcher) {
    int port = settings.port() == 0 ? loops.anyPort() : settings.port();
    int places = Math.max(1, MAX_IN_FLIGHT / loops.count());
    var requestIds = new RequestIds(random);
    var traces = new RequestTraces(tracer, random);
    var addresses = new ClientAddresses(proxies);
    return Listeners.open(
        loops,
        settings,
        total -> {
          var context =
              new ServerContext(
                  settings,
                  requestIds,
                  traces,
                  addresses,
                  cors,
                  new ConcurrencyLimit(places, (long) places * settings.maxBody()),
                  new HttpDate(time));
          return new Listener(
              options(port, http2),
              new Connections(context, total),
              dispatcher,
              settings.checkEvery());
        });
  }

  private HttpServerOptions options(int port, boolean http2) {
    HttpServerOptions options = Listener.options(settings.host(), port);
    if (certificate != null) {
      Tls.enable(options, certificate, settings.headerTimeout());
      if (http2) {
        Tls.offerHttp2(options);
      }
    }
    return options;
  }
}
