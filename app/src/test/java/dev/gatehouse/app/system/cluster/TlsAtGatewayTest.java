package dev.gatehouse.app.system.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import dev.gatehouse.testkit.net.TestCertificate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program `gatehouse gateway` with a certificate, before an instance that is well and one that
/// fails.
class TlsAtGatewayTest {
  @Test
  void speaksTlsToClientsAndTellsOfAnInstanceThatFails(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make("gateway", "EC", folder);
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificate.trusting(certificate)).build();
    try (var well = new ScriptedServer();
        var failing = new ScriptedServer().behaving(Behaviour.dyingBeforeTheResponse());
        Node gateway =
            Node.gateway(
                Node.Manner.BRIEF,
                Map.of(
                    "GATEHOUSE_GATEWAY_UPSTREAMS",
                    "127.0.0.1:%d,127.0.0.1:%d".formatted(well.port(), failing.port()),
                    "GATEHOUSE_TLS_CERTIFICATE",
                    chain.toString(),
                    "GATEHOUSE_TLS_KEY",
                    key.toString()),
                folder.resolve("gateway.log"))) {
      gateway.awaitReady();
      var address = URI.create("https://localhost:" + gateway.port() + "/v1/users/me");
      for (Version version : new Version[] {Version.HTTP_1_1, Version.HTTP_2}) {
        for (int i = 0; i < 4; i++) {
          HttpRequest request =
              HttpRequest.newBuilder(address)
                  .version(version)
                  .timeout(Duration.ofSeconds(20))
                  .build();
          HttpResponse<String> response = client.send(request, BodyHandlers.ofString());

          assertThat(response.version()).isEqualTo(version);
          assertThat(response.body()).isEqualTo("hello");
        }
      }

      assertThat(well.received())
          .allSatisfy(
              request -> assertThat(request.header("x-forwarded-proto")).isEqualTo("https"));
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> String.join("\n", gateway.logged()).contains("Instance ejected"));
      assertThat(metrics(gateway))
          .contains(
              "gateway_upstream_changes_total{change=\"ejected\",instance=\"127.0.0.1:%d\"} 1.0"
                  .formatted(failing.port()));
    } finally {
      client.shutdownNow();
    }
  }

  private static String metrics(Node gateway) throws Exception {
    try (HttpClient plain = HttpClient.newHttpClient()) {
      var address = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/metrics");
      return plain.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }
  }
}
