package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.http.address.AddressRange;
import dev.gatehouse.limits.Rate;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import dev.gatehouse.testkit.net.ScriptedServer.Received;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What of a request and of its response reaches the other side.
class PassingOnTest {
  private ScriptedServer instance;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    instance = new ScriptedServer();
    gateway = new TestGateway(instance);
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    instance.close();
  }

  @Test
  void passesOnMethodTargetBodyAndFields() throws Exception {
    gateway.send(
        "POST", "/v1/users?x=1%20y", "{\"a\":1}", "Content-Type: application/json", "X-Own: yes");

    Received request = only();
    assertThat(request.head()).startsWith("POST /v1/users?x=1%20y HTTP/1.1\r\n");
    assertThat(request.header("content-type")).isEqualTo("application/json");
    assertThat(request.header("x-own")).isEqualTo("yes");
    assertThat(request.header("host")).isEqualTo("accounts.example");
    assertThat(request.body()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, 'text/html,application/xhtml+xml,*/*;q=0.8'",
    "/favicon.ico, image/x-icon, 'image/avif,image/webp,*/*;q=0.8'",
  })
  void givesBrowsersTheInstancesPageAndIcon(String path, String type, String accept)
      throws Exception {
    instance.behaving(
        Behaviour.responding(
            "200 OK",
            "from the instance",
            "Content-Type: " + type,
            "Content-Security-Policy: default-src 'none'",
            "Vary: Accept"));

    RawResponse response = gateway.get(path, "Accept: " + accept);

    assertThat(only().head()).startsWith("GET " + path + " HTTP/1.1\r\n");
    assertThat(only().header("accept")).isEqualTo(accept);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.text()).isEqualTo("from the instance");
    assertThat(response.header("content-type")).isEqualTo(type);
    assertThat(response.header("content-security-policy")).isEqualTo("default-src 'none'");
    assertThat(response.header("vary")).isEqualTo("Accept");
  }

  @Test
  void saysWhoAsksAndBelievesNobodyWhoSaysSo() throws Exception {
    gateway.get(
        "/",
        "X-Forwarded-For: 6.6.6.6",
        "x-forwarded-proto: https",
        "X-Forwarded-Host: evil",
        "Forwarded: for=6.6.6.6",
        "X-Real-IP: 6.6.6.6",
        "X-Forwarded-Port: evil",
        "X-FORWARDED-Ssl: evil",
        "x-forwarded-anything: evil");

    Received request = only();
    assertThat(request.header("x-forwarded-for")).isEqualTo("127.0.0.1");
    assertThat(request.header("x-forwarded-proto")).isEqualTo("http");
    assertThat(request.header("x-forwarded-host")).isEqualTo("accounts.example");
    assertThat(request.head()).doesNotContain("6.6.6.6").doesNotContain("evil");
  }

  @Test
  void believesAProxyInFrontOfItThatItTrusts() throws Exception {
    var trusting =
        TestGateway.Options.none().trusting(AddressRange.parse("127.0.0.1").orElseThrow());
    try (var behind = new TestGateway(trusting, instance)) {
      behind.get("/", "X-Forwarded-For: 6.6.6.6, 192.0.2.7");
    }

    assertThat(only().header("x-forwarded-for")).isEqualTo("192.0.2.7");
  }

  @Test
  void propagatesTraceRequestIdAndDeadline() throws Exception {
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    gateway.get("/", "traceparent: " + trace, "X-Request-Id: abc-1", "X-Request-Timeout-Ms: 9000");

    Received request = only();
    assertThat(request.header("traceparent")).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
    assertThat(request.header("x-request-id")).isEqualTo("abc-1");
    assertThat(Integer.parseInt(request.header("x-request-timeout-ms"))).isBetween(1, 9000);
  }

  @Test
  void makesARequestIdWhereThatOfTheClientCannotBeTaken() throws Exception {
    gateway.get("/", "X-Request-Id: not acceptable");

    assertThat(only().header("x-request-id")).matches("[0-9a-f]{16}");
  }

  @Test
  void keepsFieldsOfOneConnectionToItself() throws Exception {
    instance.behaving(
        Behaviour.responding(
            "200 OK", "hi", "Keep-Alive: timeout=5", "Connection: X-Secret", "X-Secret: s"));
    RawResponse response =
        gateway.get("/", "Connection: X-Hop", "X-Hop: h", "TE: trailers", "Proxy-Authorization: p");

    assertThat(only().head().toLowerCase(Locale.ROOT))
        .doesNotContain("x-hop", "proxy-authorization", "\nte:");
    assertThat(response.headers()).doesNotContainKeys("keep-alive", "x-secret");
    assertThat(response.text()).isEqualTo("hi");
  }

  @Test
  void keepsToItselfWhatAnyLineOfConnectionNames() throws Exception {
    instance.behaving(
        Behaviour.responding(
            "200 OK", "hi", "Connection: keep-alive", "Connection: a, X-Secret", "X-Secret: s"));
    RawResponse response =
        gateway.get("/", "Connection: close", "Connection: X-Hop , b", "X-Hop: h", "X-Other: o");

    assertThat(only().head().toLowerCase(Locale.ROOT)).doesNotContain("x-hop").contains("x-other");
    assertThat(response.headers()).doesNotContainKey("x-secret");
  }

  @Test
  void passesOnAResponseAsItIs() throws Exception {
    instance.behaving(
        Behaviour.responding("404 Not Found", "{\"x\":1}", "ETag: \"v1\"", "X-Request-Id: theirs"));
    RawResponse response = gateway.get("/v1/nothing");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("etag")).isEqualTo("\"v1\"");
    assertThat(response.text()).isEqualTo("{\"x\":1}");
  }

  @Test
  void passesOnResponsesWithoutABody() throws Exception {
    instance.behaving(
        (_, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 204 No Content\r\n\r\n");
          return true;
        });
    try (var client = gateway.connect()) {
      for (int i = 0; i < 3; i++) {
        RawResponse response = client.send(TestGateway.request("DELETE", "/", "")).readHead();
        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).doesNotContainKey("transfer-encoding");
      }
    }
  }

  @Test
  void passesOnTheLengthOfWhatHeadDoesNotSend() throws Exception {
    instance.behaving(
        (_, out) -> {
          ScriptedServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n");
          return true;
        });
    try (var client = gateway.connect()) {
      RawResponse response = client.send(TestGateway.request("HEAD", "/", "")).readHead();
      assertThat(response.header("content-length")).isEqualTo("1234");
      assertThat(client.send(TestGateway.request("HEAD", "/", "")).readHead().status())
          .isEqualTo(200);
    }
  }

  @Test
  void passesOnAResponseWhoseLengthIsNotKnownBeforehand() throws Exception {
    instance.behaving(
        (_, out) -> {
          ScriptedServer.write(
              out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
          return true;
        });

    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/")).build();
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.body()).isEqualTo("abc");
      assertThat(response.headers().firstValue("transfer-encoding")).contains("chunked");
    }
  }

  @Test
  void streamsLargeBodiesBothWays() throws Exception {
    String large = "z".repeat(3_000_000);
    instance.behaving(Behaviour.responding("200 OK", large));
    RawResponse response = gateway.send("PUT", "/", large);

    assertThat(response.text()).hasSize(large.length());
    assertThat(only().body()).hasSize(large.length());
  }

  @Test
  void reusesItsConnectionsToAnInstance() throws Exception {
    try (var client = gateway.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.send(TestGateway.request("GET", "/", "")).read().status()).isEqualTo(200);
      }
    }
    assertThat(instance.connections()).as("one for requests, one for readiness").isLessThan(4);
  }

  @Test
  void meetsAnExpectationItselfAndPassesTheBodyOn() throws Exception {
    try (var client = gateway.connect()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertThat(client.readHead().status()).isEqualTo(100);
      assertThat(client.send("ok").read().status()).isEqualTo(200);
    }
    assertThat(only().header("expect")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Folded: a\r\n b\r\n\r\n",
        "GET /../etc HTTP/1.1\r\nHost: a\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
      })
  void refusesWhatTwoParsersCouldReadInTwoWays(String bytes) throws Exception {
    try (var client = gateway.connect()) {
      RawResponse response = client.send(bytes).read();

      assertThat(response.status()).isEqualTo(400);
      assertThat(response.text()).contains("MALFORMED_REQUEST");
      assertThat(client.isClosedByServer()).isTrue();
    }
    assertThat(instance.received()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, http://other.example:81/v1/users/me?a=b, GET /v1/users/me?a=b, other.example:81",
    "GET, HTTPS://[2001:db8::1]/, GET /, [2001:db8::1]",
    "POST, http://other.example, POST /, other.example",
    "GET, http://other.example?a=b, GET /?a=b, other.example"
  })
  void passesAbsoluteTargetsOnAsPathAndHost(String method, String target, String line, String host)
      throws Exception {
    assertThat(gateway.send(method, target, "").status()).isEqualTo(200);

    assertThat(only().head()).startsWith(line + " HTTP/1.1\r\n");
    assertThat(only().header("host")).isEqualTo(host);
    assertThat(only().header("x-forwarded-host")).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "http://accounts.example"})
  void respondsForTheServerAsAWholeItself(String target) throws Exception {
    RawResponse response = gateway.send("OPTIONS", target, "");

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT");
    assertThat(instance.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x5", "5, 5", "+5", "-5", "99999999999999999999", "five"})
  void respondsBadGatewayWhereAnInstanceMisstatesALength(String length) throws Exception {
    instance.behaving(
        (_, out) -> {
          ScriptedServer.write(
              out, "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\nhello");
          return false;
        });

    assertThat(gateway.send("POST", "/", "{}").status()).isEqualTo(502);
  }

  @Test
  void writesAddressesInOneForm() throws Exception {
    var loopback = AddressRange.parse("127.0.0.0/8").orElseThrow();
    try (var trusting = new TestGateway(TestGateway.Options.none().trusting(loopback), instance)) {
      trusting.get("/", "X-Forwarded-For: 2001:DB8:0:0:0:0:0:1");
    }
    assertThat(only().header("x-forwarded-for")).isEqualTo("2001:db8::1");
  }

  @Test
  void limitsWhatOneAddressMayAsk() throws Exception {
    var limited = TestGateway.Options.none().rate(new Rate(3, Duration.ofMinutes(5)));
    try (var strict = new TestGateway(limited, instance)) {
      for (int i = 0; i < 3; i++) {
        assertThat(strict.get("/").status()).isEqualTo(200);
      }
      RawResponse refused = strict.get("/");

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("retry-after")).isNotEmpty();
      assertThat(refused.header("ratelimit")).startsWith("\"edge\";r=0");
    }
    assertThat(instance.received()).hasSize(3);
  }

  @Test
  void takesARequestBackWhoseClientLeaves() throws Exception {
    instance.behaving(Behaviour.hanging());
    try (var client = gateway.connect()) {
      client.send(TestGateway.request("GET", "/", ""));
      await().atMost(Duration.ofSeconds(20)).until(() -> !instance.received().isEmpty());
    }

    await().atMost(Duration.ofSeconds(20)).until(() -> gateway.outcomes.contains("CANCELLED"));
  }

  @Test
  void respondsForWhatTookTooLong() throws Exception {
    instance.behaving(Behaviour.hanging());
    try (var hurried =
        new TestGateway(TestGateway.Options.none().within(Duration.ofSeconds(3)), instance)) {
      RawResponse response = hurried.send("POST", "/", "{}");

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).contains("DEADLINE_EXCEEDED");
    }
  }

  @Test
  void finishesWhatIsUnderWayWhenItStops() throws Exception {
    var stopping = new CountDownLatch(1);
    try (var client = gateway.connect();
        var idle = gateway.connect()) {
      idle.send(TestGateway.request("GET", "/", "")).read();
      instance.behaving(
          (request, out) ->
              stopping.await(20, TimeUnit.SECONDS)
                  && Behaviour.responding("200 OK", "late").respond(request, out));
      client.send(TestGateway.request("GET", "/", ""));
      await().atMost(Duration.ofSeconds(20)).until(() -> instance.received().size() == 2);
      var closing = Thread.ofVirtual().start(() -> gateway.gateway().close());
      assertThat(idle.isClosedByServer()).isTrue();
      stopping.countDown();

      RawResponse response = client.read();
      assertThat(response.text()).isEqualTo("late");
      assertThat(response.header("connection")).isEqualTo("close");
      assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
  }

  private Received only() {
    assertThat(instance.received()).hasSize(1);
    return instance.received().getFirst();
  }
}
