package dev.gatehouse.gateway;

import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.net.ScriptedServer;
import dev.gatehouse.testkit.net.ScriptedServer.Behaviour;
import dev.gatehouse.testkit.net.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who reads slowly makes the other side wait, instead of filling the gateway's memory. What the
/// buffers of sockets and of HTTP/2 hold is far less than what is sent.
class BackPressureTest {
  private static final String PIECE = "w".repeat(65_536);
  private static final int PIECES = 1024;
  private static final int FAR_LESS = 40_000_000;

  private final AtomicLong written = new AtomicLong();
  private ScriptedServer instance;

  @BeforeEach
  void start() {
    instance = new ScriptedServer();
  }

  @AfterEach
  void stop() throws Exception {
    instance.close();
  }

  @Test
  void ofTheResponseToAClientThatReadsNothing() throws Exception {
    instance.behaving(respondingWithMuch());
    try (var gateway = new TestGateway(instance);
        var client = gateway.connect()) {
      client.send(TestGateway.request("GET", "/", ""));

      awaitStandstill();
    }
  }

  @Test
  void ofTheResponseToAClientThatTakesNothingFromItsStream(@TempDir Path folder) throws Exception {
    instance.behaving(respondingWithMuch());
    TestCertificate certificate = TestCertificate.make("gateway", "EC", folder);
    Path chain = Files.writeString(folder.resolve("chain.pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve("key.pem"), certificate.keyPem());
    HttpClient client =
        HttpClient.newBuilder().sslContext(TestCertificate.trusting(certificate)).build();
    try (var gateway = new TestGateway(TestGateway.Options.none().tls(chain, key), instance)) {
      var address = URI.create("https://localhost:" + gateway.port() + "/");
      var _ =
          client.sendAsync(
              HttpRequest.newBuilder(address).version(HttpClient.Version.HTTP_2).build(),
              BodyHandlers.fromSubscriber(new Idle()));

      awaitStandstill();
      client.shutdownNow();
    } finally {
      client.shutdownNow();
    }
  }

  @Test
  void ofTheRequestToAnInstanceThatReadsNothing() throws Exception {
    instance.readNoBodies();
    try (var gateway = new TestGateway(instance);
        var client = gateway.connect()) {
      client.send(
          "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n"
              .formatted(PIECE.length() * PIECES));
      Thread.ofVirtual().start(() -> sendMuch(client));

      awaitStandstill();
    }
  }

  private void awaitStandstill() {
    await().atMost(Duration.ofSeconds(20)).until(() -> written.get() > 0);
    await()
        .during(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(10))
        .until(() -> written.get() < FAR_LESS);
  }

  private Behaviour respondingWithMuch() {
    return (_, out) -> {
      ScriptedServer.write(
          out, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n".formatted(PIECE.length() * PIECES));
      for (int i = 0; i < PIECES; i++) {
        ScriptedServer.write(out, PIECE);
        written.addAndGet(PIECE.length());
      }
      return true;
    };
  }

  private void sendMuch(RawHttpClient client) {
    try {
      for (int i = 0; i < PIECES; i++) {
        client.send(PIECE);
        written.addAndGet(PIECE.length());
      }
    } catch (IOException over) {
      // The test is.
    }
  }

  /// Requests no part of a body.
  private static final class Idle implements Flow.Subscriber<List<ByteBuffer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {}

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable broken) {}

    @Override
    public void onComplete() {}
  }
}
