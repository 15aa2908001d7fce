package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.resilience.balancing.Policy;
import dev.gatehouse.resilience.upstream.UpstreamClusterSettings;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import dev.gatehouse.testkit.net.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS in front, and HTTP/2 for clients that choose it, while instances speak plain HTTP/1.1.
class TlsAndHttp2Test {
  private static TestCertificate certificate;
  private static Path chain;
  private static Path key;
  private ScriptedServer one;
  private ScriptedServer other;
  private TestGateway gateway;
  private HttpClient client;

  @BeforeAll
  static void makeCertificate(@TempDir Path folder) throws Exception {
    certificate = TestCertificate.make("gateway", "EC", folder);
    chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
    key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
  }

  @BeforeEach
  void start() throws Exception {
    one = new ScriptedServer();
    other = new ScriptedServer();
    UpstreamClusterSettings generous =
        UpstreamClusterSettings.of(Policy.ROUND_ROBIN).repeating(3, 1);
    gateway =
        new TestGateway(TestGateway.Options.none().cluster(generous).tls(chain, key), one, other);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .sslContext(TestCertificate.trusting(certificate))
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    client.shutdownNow();
    gateway.close();
    one.close();
    other.close();
  }

  @Test
  void speaksBothVersionsToClients() throws Exception {
    for (HttpClient.Version version : HttpClient.Version.values()) {
      if (version.name().equals("HTTP_1_1") || version.name().equals("HTTP_2")) {
        HttpResponse<String> response =
            client.send(request("/v1/users/me").version(version).build(), BodyHandlers.ofString());

        assertThat(response.version()).isEqualTo(version);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(response.headers().firstValue("strict-transport-security")).isPresent();
      }
    }
    assertThat(received())
        .hasSize(2)
        .allSatisfy(
            request -> {
              assertThat(request.header("host")).isEqualTo("localhost:" + gateway.port());
              assertThat(request.header("x-forwarded-proto")).isEqualTo("https");
              assertThat(request.header("x-forwarded-for")).isEqualTo("127.0.0.1");
            });
  }

  @Test
  void repeatsRequestsOfManyStreamsAtOnce() throws Exception {
    one.behaving(Behaviour.dyingBeforeTheResponse());
    List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      responses.add(
          client.sendAsync(
              request("/v1/users/" + i).PUT(BodyPublishers.ofString("body " + i)).build(),
              BodyHandlers.ofString()));
    }

    for (var response : responses) {
      assertThat(response.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void streamsLargeBodiesThroughStreams() throws Exception {
    String large = "s".repeat(2_000_000);
    one.behaving(Behaviour.responding("200 OK", large));
    other.behaving(Behaviour.responding("200 OK", large));
    HttpResponse<String> response =
        client.send(
            request("/").PUT(BodyPublishers.ofString(large)).build(), BodyHandlers.ofString());

    assertThat(response.body()).hasSize(large.length());
    assertThat(received().getFirst().body()).hasSize(large.length());
  }

  @Test
  void takesBackARequestWhoseStreamIsReset() throws Exception {
    one.behaving(Behaviour.hanging());
    other.behaving(Behaviour.hanging());
    var response = client.sendAsync(request("/").build(), BodyHandlers.ofString());
    await().atMost(Duration.ofSeconds(20)).until(() -> !received().isEmpty());

    response.cancel(true);

    await().atMost(Duration.ofSeconds(20)).until(() -> gateway.outcomes.contains("CANCELLED"));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + path))
        .timeout(Duration.ofSeconds(20));
  }

  private List<ScriptedServer.Received> received() {
    List<ScriptedServer.Received> all = new ArrayList<>(one.received());
    all.addAll(other.received());
    return all;
  }
}
