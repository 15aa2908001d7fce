package dev.gatehouse.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Principal;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.RouteLimit;
import dev.gatehouse.http.address.AddressRange;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.http.body.MediaType;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.accounts.InMemoryAuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On a real server, in time that does not move unless moved: 5 requests, 3 sign-ins, 2
/// registrations.
class RateLimitFilterTest {
  private final ManualNanos nanos = new ManualNanos();
  private final List<String> decisions = new CopyOnWriteArrayList<>();
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final EventLoops loops = EventLoops.open(2);
  private final HttpServer server = server(TrustedProxies.NONE);
  private final HttpServer behindProxy =
      server(new TrustedProxies(List.of(AddressRange.parse("127.0.0.0/8").orElseThrow())));

  @AfterEach
  void stop() {
    server.drain(Duration.ofMillis(100));
    behindProxy.drain(Duration.ofMillis(100));
    loops.close();
  }

  @Test
  void statesTheRemainingTokensInEveryResponse() throws IOException {
    RawResponse first = get(server, "/thing");
    RawResponse second = get(server, "/thing");

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.header("ratelimit-policy")).isEqualTo("\"ip\";q=5;w=10");
    assertThat(first.header("ratelimit")).isEqualTo("\"ip\";r=4;t=2");
    assertThat(second.header("ratelimit")).isEqualTo("\"ip\";r=3;t=4");
  }

  @Test
  void refusesWhatIsTooMuchAndSaysWhenToComeBack() throws IOException {
    drain("/thing", 5);

    RawResponse refused = get(server, "/thing");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.text()).contains("\"code\":\"RATE_LIMITED\"", "\"request_id\":\"");
    assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
    assertThat(refused.header("retry-after")).isEqualTo("2");
    assertThat(refused.header("ratelimit")).isEqualTo("\"ip\";r=0;t=2");
    assertThat(refused.header("ratelimit-policy")).isEqualTo("\"ip\";q=5;w=10");
    assertThat(get(server, "/thing").status()).isEqualTo(429);
    assertThat(audit.kinds()).containsExactly(AuditEvent.Kind.RATE_LIMITED);

    nanos.advance(Duration.ofSeconds(2));
    assertThat(get(server, "/thing").status()).isEqualTo(200);
    assertThat(get(server, "/thing").status()).isEqualTo(429);
  }

  @Test
  void takesOneTokenAlsoWhenARequestPassesTwice() throws IOException {
    for (int left = 4; left >= 0; left--) {
      assertThat(get(server, "/later").header("ratelimit")).contains("r=" + left + ";");
    }
    assertThat(get(server, "/later").status()).isEqualTo(429);
    assertThat(decisions).hasSize(6);
  }

  @Test
  void countsRequestsThatFailAndTokensThatAreGuessed() throws IOException {
    assertThat(get(server, "/broken").header("ratelimit")).contains("r=4;");
    assertThat(get(server, "/secret", "Authorization: Bearer guess").header("ratelimit"))
        .contains("r=3;");
    drain("/at-once", 3);

    assertThat(get(server, "/secret", "Authorization: Bearer guess").status()).isEqualTo(429);
    assertThat(get(server, "/at-once").status()).isEqualTo(429);
  }

  @Test
  void limitsSignInAndRegistrationFurther() throws IOException {
    RawResponse registered = send(server, "POST", "/v1/users");
    assertThat(registered.header("ratelimit-policy"))
        .isEqualTo("\"ip\";q=5;w=10, \"register_ip\";q=2;w=60");
    assertThat(registered.header("ratelimit")).isEqualTo("\"register_ip\";r=1;t=30");
    assertThat(send(server, "POST", "/v1/sessions").header("ratelimit"))
        .isEqualTo("\"login_ip\";r=2;t=20");
    send(server, "POST", "/v1/users");

    RawResponse refused = send(server, "POST", "/v1/users");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("retry-after")).isEqualTo("30");
    assertThat(decisions)
        .containsExactly(
            "ip true",
            "register_ip true",
            "ip true",
            "login_ip true",
            "ip true",
            "register_ip true",
            "ip true",
            "register_ip false");
  }

  @Test
  void neverLimitsHealth() throws IOException {
    drain("/thing", 5);

    for (int request = 0; request < 20; request++) {
      RawResponse healthy = get(server, "/health");
      assertThat(healthy.status()).isEqualTo(200);
      assertThat(healthy.header("ratelimit")).isEmpty();
    }
  }

  @Test
  void startsNoServerWithALimitThatDoesNotExist() {
    Route route = thing().limits(new RouteLimit("unknown"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(TrustedProxies.NONE, List.of(route)).start(loops))
        .withMessage("no rate limit is named unknown");
  }

  @Test
  void believesNoHeaderOfAStranger() throws IOException {
    int allowed = 0;
    for (int request = 0; request < 50; request++) {
      String spoofed = "192.0.2." + request;
      RawResponse response =
          get(
              server,
              "/thing",
              "X-Forwarded-For: " + spoofed,
              "Forwarded: for=" + spoofed,
              "X-Real-IP: " + spoofed);
      allowed += response.status() == 200 ? 1 : 0;
    }

    assertThat(allowed).isEqualTo(5);
  }

  @Test
  void countsClientsOfAProxyApartAndNotByWhatTheyClaim() throws IOException {
    int allowed = 0;
    for (int request = 0; request < 50; request++) {
      String chain = "X-Forwarded-For: 192.0.2.%d, 203.0.113.9".formatted(request);
      allowed += get(behindProxy, "/thing", chain).status() == 200 ? 1 : 0;
    }

    assertThat(allowed).isEqualTo(5);
    RawResponse other = get(behindProxy, "/thing", "X-Forwarded-For: 203.0.113.10");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.text()).isEqualTo("203.0.113.10");
  }

  @Test
  void allowsNoMoreToManyConnectionsAtOnce() throws Exception {
    var statuses = new ArrayList<Future<Integer>>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < 60; client++) {
        String path = client % 2 == 0 ? "/later" : "/at-once";
        statuses.add(clients.submit(() -> get(server, path).status()));
      }
    }

    assertThat(statuses.stream().map(Future::resultNow).filter(status -> status == 200)).hasSize(5);
  }

  private void drain(String path, int requests) throws IOException {
    for (int request = 0; request < requests; request++) {
      assertThat(get(server, path).status()).isEqualTo(200);
    }
  }

  private static RawResponse get(HttpServer to, String path, String... headers) throws IOException {
    return send(to, "GET", path, headers);
  }

  private static RawResponse send(HttpServer to, String method, String path, String... headers)
      throws IOException {
    String lines = String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList());
    try (var client = new RawHttpClient(to.port())) {
      return client
          .send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n")
          .read();
    }
  }

  private HttpServer server(TrustedProxies proxies) {
    return builder(proxies, routes()).start(loops);
  }

  private HttpServer.Builder builder(TrustedProxies proxies, List<Route> routes) {
    var settings =
        new RateLimitSettings(
            new Rate(5, Duration.ofSeconds(10)),
            new Rate(10, Duration.ofMinutes(1)),
            new Rate(3, Duration.ofMinutes(1)),
            new Rate(2, Duration.ofMinutes(1)));
    LimitListener listener =
        (limit, decision) -> decisions.add(limit.name() + " " + decision.allowed());
    var limits = new RateLimits(settings, new LocalBucketStore(nanos), listener);
    return HttpServer.builder(HttpSettings.defaults().listeningOn("127.0.0.1", 0))
        .routes(routes)
        .trustedProxies(proxies)
        .outerFilters(List.of(new RateLimitFilter(limits, new RefusalRecord(audit, nanos))));
  }

  private static List<Route> routes() {
    Response done = Response.status(200);
    return List.of(
        thing(),
        Route.get("/later", _ -> done).access(Guard.PUBLIC).immediate(_ -> null),
        Route.get("/at-once", _ -> Response.status(500)).access(Guard.PUBLIC).immediate(_ -> done),
        Route.get("/secret", _ -> done).access(new Identified()),
        Route.get(
                "/broken",
                _ -> {
                  throw new IllegalStateException("broken");
                })
            .access(Guard.PUBLIC),
        Route.get("/health", _ -> done).access(Guard.PUBLIC).unlimited(),
        Route.post("/v1/users", _ -> done)
            .access(Guard.PUBLIC)
            .limits(new RouteLimit("register_ip"))
            .consumes(MediaType.NONE),
        Route.post("/v1/sessions", _ -> done)
            .access(Guard.PUBLIC)
            .limits(new RouteLimit("login_ip"))
            .consumes(MediaType.NONE));
  }

  private static Route thing() {
    return Route.get("/thing", request -> text(request.clientAddress())).access(Guard.PUBLIC);
  }

  /// Admits every caller who is identified.
  private record Identified() implements Guard {
    @Override
    public boolean open() {
      return false;
    }

    @Override
    public boolean permits(Request request) {
      return !request.principal().equals(Principal.ANONYMOUS);
    }
  }

  private static Response text(String text) {
    return Response.of(200, "text/plain", text.getBytes(StandardCharsets.UTF_8));
  }
}
