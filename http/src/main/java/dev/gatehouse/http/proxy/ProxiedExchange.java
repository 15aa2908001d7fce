package dev.gatehouse.http.proxy;

import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.internal.ActiveRequest;
import dev.gatehouse.http.internal.Connection;
import dev.gatehouse.http.internal.SecurityHeaders;
import dev.gatehouse.http.internal.Target;
import dev.gatehouse.http.observation.RequestSpan;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request that is proxied: its body is read as it arrives, and its response written as it comes
/// from elsewhere. On its event loop alone.
public final class ProxiedExchange extends ActiveRequest {
  private static final Logger log = LoggerFactory.getLogger(ProxiedExchange.class);
  private static final int BROKEN_OFF = 502;

  private final Target target;
  private Watcher watcher = Watcher.NONE;
  private boolean begun;
  private boolean last;

  ProxiedExchange(
      HttpServerRequest http,
      Connection connection,
      Target target,
      MethodObservers.Observed observed) {
    super(http, connection, observed.route(), observed.observer());
    this.target = target;
    if (isMultiplexed()) {
      http.response().closeHandler(_ -> abandon());
      http.response().exceptionHandler(_ -> abandon());
    }
  }

  /// Watches an exchange while its response is awaited.
  public interface Watcher {
    /// Ignores everything.
    Watcher NONE =
        new Watcher() {
          @Override
          public void check(long now) {}

          @Override
          public void ended() {}
        };

    /// Called several times a second.
    ///
    /// @param now as [System#nanoTime] gives it
    void check(long now);

    /// The server ended the exchange: the client left or broke its request off, or the time ran out
    /// and the client has got an error response.
    void ended();
  }

  /// Path and query, in whatever form the client wrote the target.
  public String uri() {
    return target.uri();
  }

  /// The client's address in text form.
  public String clientAddress() {
    return client().text();
  }

  /// What counts as one client, see [dev.gatehouse.http.address.IpAddress#network].
  public long clientNetwork() {
    return client().network();
  }

  /// The host that the client named, with its port if there is one; empty in HTTP/1.0, which need
  /// not name a host.
  public String host() {
    String named = target.authority();
    if (named != null) {
      return named;
    }
    if (isMultiplexed()) {
      var authority = http().authority();
      return authority == null ? "" : authority.toString();
    }
    String host = http().headers().get(HeaderNames.HOST);
    return host == null ? "" : host;
  }

  /// Does work that is recorded as part of the request, where that is recorded.
  public <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
    RequestSpan span = span();
    return span == null ? work.call() : span.call(work);
  }

  /// Sets the one watcher.
  public void watch(Watcher watching) {
    watcher = watching;
  }

  /// Takes its place; the handler takes over.
  void enter() {
    admit();
  }

  /// Sends a whole response of the proxy itself; where one has begun already, breaks that off.
  @Override
  public void respond(Response response) {
    if (begun) {
      breakOff();
      return;
    }
    super.respond(response);
  }

  /// Begins a response that comes from elsewhere; its head is sent with its first bytes or its end.
  public void begin() {
    begun = true;
    last = endsConnection();
    if (last) {
      http().response().headers().set(HeaderNames.CONNECTION, HeaderNames.CLOSE);
    }
  }

  /// Adds the header that each response over TLS has, also one from an instance without TLS.
  public void addTransportSecurity() {
    SecurityHeaders.addTransportTo(http().response().headers(), http().isSSL());
  }

  /// Ends the response that was begun.
  ///
  /// @param rest its last bytes, or all of them; may be empty
  public void end(Buffer rest) {
    if (isDone()) {
      return;
    }
    conclude(http().response().getStatusCode());
    try {
      finish(rest, last);
    } catch (RuntimeException unwritable) {
      log.debug("Response could not be written to its end; connection closed", unwritable);
      cutOff();
    }
  }

  /// Ends the exchange so that the client sees that its response is incomplete.
  public void breakOff() {
    if (isDone()) {
      return;
    }
    conclude(BROKEN_OFF);
    connection().finish(this);
    cutOff();
  }

  /// A client of HTTP/1.0 gets the end of the connection as the end of the response.
  @Override
  protected boolean endsConnection() {
    if (http().version() == HttpVersion.HTTP_1_0) {
      connection().end(false);
    }
    return super.endsConnection();
  }

  @Override
  protected void cutOff() {
    if (isMultiplexed()) {
      var _ = http().response().reset();
    } else {
      connection().abort();
    }
  }

  @Override
  protected void awaiting(long now) {
    watcher.check(now);
  }

  @Override
  protected void ended() {
    watcher.ended();
  }

  /// Empty: the instances record paths, and here each path would be a separate name of a span.
  @Override
  protected String recordedPath() {
    return "";
  }
}
