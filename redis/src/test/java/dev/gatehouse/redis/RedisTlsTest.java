package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.testkit.net.FreePorts;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Redis over TLS, which the embedded Redis of the tests does not support.
class RedisTlsTest {
  private static final String PASSWORD = "changeit";

  private final int port = FreePorts.next();
  private Optional<RedisFixture> redis = Optional.empty();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    writeCertificate(folder);
    redis =
        RedisFixture.installed(
            "--tls-port", Integer.toString(port),
            "--tls-cert-file", folder.resolve("certificate.pem").toString(),
            "--tls-key-file", folder.resolve("key.pem").toString(),
            "--tls-auth-clients", "no");
    assumeTrue(
        redis.isPresent(), "redis-server is not installed: scripts/install-test-tools.sh does it");
  }

  @AfterEach
  void stop() {
    redis.ifPresent(RedisFixture::close);
  }

  @Test
  void speaksTls() {
    try (RedisLink link = open("?verifyPeer=NONE")) {
      await().atMost(Duration.ofSeconds(20)).until(link::up);

      assertThat(link.ask(commands -> commands.echo(new byte[] {1})))
          .isInstanceOfSatisfying(
              RedisReply.Success.class,
              reply -> assertThat(reply.value()).isEqualTo(new byte[] {1}));
    }
  }

  @Test
  void refusesAServerItCannotTrust() {
    try (RedisLink link = open("")) {
      await().during(Duration.ofSeconds(1)).until(() -> !link.connected());
    }
  }

  private RedisLink open(String parameters) {
    return RedisLink.open(
        RedisAddress.parse(url(parameters)), Duration.ofSeconds(2), CircuitBreakerListener.NONE);
  }

  private URI url(String parameters) {
    return URI.create("rediss://127.0.0.1:" + port + parameters);
  }

  private static void writeCertificate(Path folder) throws Exception {
    Path store = folder.resolve("store.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    int exit =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "redis",
                "-keyalg",
                "EC",
                "-dname",
                "CN=redis",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .start()
            .waitFor();
    assertThat(exit).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    byte[] key = keys.getKey("redis", PASSWORD.toCharArray()).getEncoded();
    writePem(folder.resolve("key.pem"), "PRIVATE KEY", key);
    writePem(
        folder.resolve("certificate.pem"),
        "CERTIFICATE",
        keys.getCertificate("redis").getEncoded());
  }

  private static void writePem(Path file, String type, byte[] content) throws IOException {
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    Files.writeString(
        file,
        "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
            .formatted(type, base64.encodeToString(content)));
  }
}
