package dev.gatehouse.http.server;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.HeaderNames;
import dev.gatehouse.http.ProblemResponses;
import dev.gatehouse.http.RequestSpan;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.TraceContext;
import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.resilience.Deadline;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request on its way through: its body is read as it arrives, and its answer written as it comes
/// from elsewhere. On its event loop alone.
public final class ProxiedExchange implements ActiveRequest {
  private static final Logger log = LoggerFactory.getLogger(ProxiedExchange.class);
  private static final int CLIENT_LEFT = 499;
  private static final int BROKEN_OFF = 502;
  private static final long NANOS_PER_MICRO = 1_000;

  private final HttpServerRequest http;
  private final Target target;
  private final Connection connection;
  private final String requestId;
  private final ClientAddress client;
  private final TraceContext trace;
  private final @Nullable RequestSpan span;
  private final MethodObservers.Observed observed;
  private final Deadline deadline;
  private final long startedAt = System.nanoTime();
  private final boolean multiplexed;
  private Watcher watcher = Watcher.NONE;
  private ConcurrencyLimit.@Nullable Permit place;
  private boolean bodyRead;
  private boolean answering;
  private boolean last;
  private boolean done;

  ProxiedExchange(
      HttpServerRequest http,
      Target target,
      Connection connection,
      String requestId,
      ClientAddress client,
      TraceContext trace,
      @Nullable RequestSpan span,
      MethodObservers.Observed observed) {
    this.http = http;
    this.target = target;
    this.connection = connection;
    this.requestId = requestId;
    this.client = client;
    this.trace = trace;
    this.span = span;
    this.observed = observed;
    this.deadline = connection.all().requestDeadline(http.headers());
    this.multiplexed = http.version() == HttpVersion.HTTP_2;
    this.bodyRead = !multiplexed && !RequestValidation.announcesBody(http.headers());
    if (multiplexed) {
      http.response().closeHandler(_ -> abandon());
      http.response().exceptionHandler(_ -> abandon());
    }
  }

  /// Is told what happens to a passage while an answer is awaited.
  public interface Watcher {
    /// Watches nothing.
    Watcher NONE =
        new Watcher() {
          @Override
          public void check(long now) {}

          @Override
          public void ended() {}
        };

    /// Called several times a second.
    ///
    /// @param now as [System#nanoTime] tells it
    void check(long now);

    /// The passage has ended without the watcher's doing: the client left or broke its request off,
    /// or the time ran out and it was answered so.
    void ended();
  }

  /// The request; its body is for anyone who took the passage over.
  public HttpServerRequest http() {
    return http;
  }

  /// Path and query, whatever form the client wrote the target in.
  public String uri() {
    return target.uri();
  }

  /// Taken from the client or made.
  public String requestId() {
    return requestId;
  }

  /// The client's address in text form.
  public String clientAddress() {
    return client.text();
  }

  /// Does something so that it is recorded as part of the request, where that is recorded.
  public <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
    return span == null ? work.call() : span.call(work);
  }

  /// What counts as one client, see [dev.gatehouse.http.address.IpAddress#network].
  public long clientNetwork() {
    return client.network();
  }

  /// The host the client asked, with its port if it named one; empty in HTTP/1.0, which need not
  /// name any.
  public String host() {
    String named = target.authority();
    if (named != null) {
      return named;
    }
    if (multiplexed) {
      var authority = http.authority();
      return authority == null ? "" : authority.toString();
    }
    String host = http.headers().get(HeaderNames.HOST);
    return host == null ? "" : host;
  }

  /// When the answer must be out.
  public Deadline deadline() {
    return deadline;
  }

  /// Whether a body was announced that has not been read to its end.
  public boolean hasUnreadBody() {
    return !bodyRead;
  }

  /// Names who is told what happens.
  public void watch(Watcher told) {
    watcher = told;
  }

  /// The whole body has arrived.
  public void bodyRead() {
    bodyRead = true;
  }

  /// Accounts for bytes of its body that are kept.
  ///
  /// @throws Unavailable `OVERLOADED` when there is no more room
  public void hold(int bytes) {
    if (place != null) {
      place.hold(bytes);
    }
  }

  /// None of its body is kept any more.
  public void release() {
    if (place != null) {
      place.release();
    }
  }

  /// Whether nothing can be answered any more.
  public boolean isDone() {
    return done;
  }

  /// Whether the head of an answer is out.
  public boolean isAnswering() {
    return answering;
  }

  /// Answers what was thrown.
  public void fail(Throwable thrown) {
    answer(ErrorFilter.answer(thrown, Route.other(), requestId));
  }

  /// Refuses a request after which nothing on its connection can be trusted.
  void refuseForGood(Refusal malformed, int status) {
    if (!multiplexed) {
      connection.end(true);
    }
    answer(ProblemResponses.of(malformed, status, requestId));
  }

  /// Gives a whole answer of our own; where one has begun already, breaks that off.
  public void answer(Response response) {
    if (done) {
      return;
    }
    if (answering) {
      breakOff();
      return;
    }
    begin();
    ResponseHead.write(http, connection, requestId, response, last);
    end(Buffer.buffer(response.body()));
  }

  /// Begins an answer that comes from elsewhere; its head goes out with its first bytes or its end.
  public void begin() {
    answering = true;
    if (multiplexed) {
      return;
    }
    if (!bodyRead) {
      connection.end(true);
    }
    boolean old = http.version() == HttpVersion.HTTP_1_0;
    if (old || connection.all().isDraining() || ResponseHead.wantsClose(http)) {
      connection.end(false);
    }
    last = connection.isEnding();
    if (last) {
      http.response().headers().set(HeaderNames.CONNECTION, HeaderNames.CLOSE);
    }
  }

  /// Adds what every answer over TLS says, also one that comes from an instance without.
  public void addTransportSecurity() {
    SecurityHeaders.addTransportTo(http.response().headers(), http.isSSL());
  }

  /// The answer is at its end.
  ///
  /// @param rest its last bytes, or all of them; may be empty
  public void end(Buffer rest) {
    if (done) {
      return;
    }
    HttpServerResponse out = http.response();
    conclude(out.getStatusCode());
    connection.finish(this);
    try {
      var written = rest.length() == 0 ? out.end() : out.end(rest);
      if (last) {
        written.onComplete(_ -> connection.close());
      }
    } catch (RuntimeException unwritable) {
      log.debug("An answer could not be written to its end", unwritable);
      cutOff();
    }
  }

  /// Ends the passage so that the client sees that its answer is not whole.
  public void breakOff() {
    if (done) {
      return;
    }
    conclude(BROKEN_OFF);
    connection.finish(this);
    cutOff();
  }

  private void cutOff() {
    if (multiplexed) {
      var _ = http.response().reset();
    } else {
      connection.abort();
    }
  }

  @Override
  public void check(long now) {
    if (done) {
      return;
    }
    if (deadline.expired()) {
      fail(Unavailable.deadlineExceeded());
      watcher.ended();
      return;
    }
    watcher.check(now);
  }

  @Override
  public void abandon() {
    if (!done) {
      conclude(CLIENT_LEFT);
      connection.finish(this);
      watcher.ended();
    }
  }

  @Override
  public void brokenBody() {
    if (!bodyRead && !done) {
      fail(new Refusal(ErrorCode.MALFORMED_REQUEST, "The body is not framed as announced."));
      watcher.ended();
    }
  }

  void enter(ConcurrencyLimit inFlight) {
    place = inFlight.enter();
  }

  private void conclude(int status) {
    done = true;
    if (place != null) {
      place.leave();
    }
    long nanos = System.nanoTime() - startedAt;
    observed.observer().answered(status, nanos, span == null ? null : trace);
    if (span != null) {
      span.end(ending(status));
    }
    if (AccessLog.isOn()) {
      AccessLog.answered(line(status, nanos));
    }
  }

  private RequestSpan.Ending ending(int status) {
    return new RequestSpan.Ending(
        http.method().name(),
        http.isSSL() ? "https" : "http",
        "",
        MethodObservers.TEMPLATE,
        status,
        client.text());
  }

  private AccessLine line(int status, long nanos) {
    return new AccessLine(
        observed.method(),
        MethodObservers.TEMPLATE,
        status,
        nanos / NANOS_PER_MICRO,
        requestId,
        client.text(),
        trace);
  }
}
