package dev.gatehouse.http.tls;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.http.server.TestServer;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTaskStatus;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.net.TestCertificate;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS on real sockets.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final byte ALERT = 21;
  private static final byte PROTOCOL_VERSION = 70;

  @TempDir static Path folder;

  private final EventLoops loops = EventLoops.open(1);
  private TestCertificate first;
  private TestCertificate second;
  private Path certificate;
  private Path key;
  private CertificateFiles files;
  private HttpServer server;

  @BeforeAll
  void start() throws Exception {
    first = TestCertificate.make("first", "EC", folder);
    second = TestCertificate.make("second", "RSA", folder);
    certificate = folder.resolve("certificate.pem");
    key = folder.resolve("key.pem");
    write(first);
    files =
        CertificateFiles.open(
            certificate, key, loops, INTERVAL, new PeriodicTasks(PeriodicTaskListener.NONE));
    server =
        HttpServer.builder(TestServer.settings())
            .routes(
                List.of(
                    Route.get("/now", _ -> Response.noContent()).access(Guard.PUBLIC),
                    Route.post("/body", _ -> Response.noContent()).access(Guard.PUBLIC)))
            .tls(files)
            .start(loops);
  }

  @AfterAll
  void stop() {
    server.drain(Duration.ofMillis(500));
    files.close();
    loops.close();
  }

  @BeforeEach
  void showFirst() throws Exception {
    write(first);
    awaitShown(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void serves(String version) throws Exception {
    SSLSocket socket = connect();
    socket.setEnabledProtocols(new String[] {version});
    try (var client = new RawHttpClient(socket)) {
      var response = client.send(TestServer.head("GET", "/now")).read();

      assertThat(response.status()).isEqualTo(204);
      assertThat(response.header("strict-transport-security")).isEqualTo("max-age=31536000");
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
      assertThat(socket.getSession().getCipherSuite()).matches(".*(GCM|CHACHA20).*");
    }
  }

  @Test
  void endsAConnectionOnWhichAnotherHandshakeIsAskedFor() throws Exception {
    SSLSocket socket = connect();
    socket.setEnabledProtocols(new String[] {"TLSv1.2"});
    try (var client = new RawHttpClient(socket)) {
      assertThat(client.send(TestServer.head("GET", "/now")).read().status()).isEqualTo(204);

      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                client.send(TestServer.head("GET", "/now")).read();
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void saysNothingOfTlsWithoutIt() throws Exception {
    try (var plain =
        TestServer.with(Route.get("/now", _ -> Response.noContent()).access(Guard.PUBLIC))) {
      assertThat(plain.get("/now").headers()).doesNotContainKey("strict-transport-security");
    }
  }

  /// By hand, since the JDK's own client refuses to speak them.
  @ParameterizedTest
  @ValueSource(strings = {"0300", "0301", "0302"})
  void refusesOlderVersions(String version) throws Exception {
    assertThat(responseToHello(version, "c009c00ac013c014002f0035"))
        .startsWith(ALERT)
        .endsWith(PROTOCOL_VERSION);
  }

  @Test
  void refusesWeakCiphers() throws Exception {
    for (String cipher : List.of("002f", "009c", "c009", "c013", "c027", "0005", "000a")) {
      assertThat(responseToHello("0303", cipher)).as(cipher).startsWith(ALERT);
    }
  }

  @Test
  void closesAPlainConnectionWithoutAResponse() throws Exception {
    try (var client = new RawHttpClient(server.port())) {
      client.send(TestServer.head("GET", "/now"));

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  /// A response to a body that was not read must not be lost behind a reset, over TLS no more than
  /// else.
  @Test
  void respondsBeforeItClosesOnAnUnreadBody() throws Exception {
    for (int round = 0; round < 20; round++) {
      try (var client = new RawHttpClient(connect())) {
        client.send(
            TestServer.head(
                "POST", "/body", "Content-Type: application/json", "Content-Length: 70000"));
        client.send(new byte[20_000]);

        assertThat(client.read().status()).isEqualTo(413);
      }
    }
  }

  @Test
  void showsANewCertificateAndLetsOpenConnectionsGoOn() throws Exception {
    try (var before = new RawHttpClient(connect())) {
      assertThat(before.send(TestServer.head("GET", "/now")).read().status()).isEqualTo(204);

      write(second);
      awaitShown(second);

      assertThat(before.send(TestServer.head("GET", "/now")).read().status()).isEqualTo(204);
    }
  }

  @Test
  void keepsTheCertificateWhenTheNewOneIsBroken() throws Exception {
    Files.writeString(key, second.keyPem());
    awaitComplaint("does not match");
    assertThat(shown()).isEqualTo(first.certificate());

    Files.writeString(certificate, "broken");
    awaitComplaint("-----BEGIN CERTIFICATE-----");
    Files.delete(key);
    awaitComplaint("NoSuchFile");
    assertThat(shown()).isEqualTo(first.certificate());

    write(second);
    awaitShown(second);
  }

  /// A file that is too large for an array makes each run fail with an error.
  @Test
  void goesOnFollowingItsFilesAfterWhatNothingExpects() throws Exception {
    var reports = new LinkedBlockingQueue<String>();
    var tasks = new PeriodicTasks(new Reports(reports));
    Path grown = Files.copy(certificate, folder.resolve("grown.pem"));
    try (var followed = CertificateFiles.open(grown, key, loops, INTERVAL, tasks)) {
      try (var file = new RandomAccessFile(grown.toFile(), "rw")) {
        file.setLength(3L << 30);
      }
      assertThat(reports.poll(20, SECONDS)).isEqualTo("certificate-files began");
      await().atMost(20, SECONDS).until(() -> status(tasks).failures() > 1);

      Files.writeString(grown, first.certificatePem());

      assertThat(reports.poll(20, SECONDS)).isEqualTo("certificate-files ended");
      assertThat(status(tasks).sinceSuccess()).isLessThan(Duration.ofSeconds(5));
      assertThat(followed.complaint()).isEmpty();
    }
    assertThat(reports).as("one outage").isEmpty();
  }

  private static PeriodicTaskStatus status(PeriodicTasks tasks) {
    return tasks.status("certificate-files").orElseThrow();
  }

  private record Reports(Queue<String> texts) implements PeriodicTaskListener {
    @Override
    public void outageBegan(String task, Throwable cause) {
      texts.add(task + " began");
    }

    @Override
    public void outageEnded(String task, int failures, Duration lasted) {
      texts.add(task + " ended");
    }
  }

  @Test
  void doesNotStartWithWhatCannotBeUsed() throws Exception {
    Path other = Files.writeString(folder.resolve("other.pem"), second.keyPem());
    TestCertificate third = TestCertificate.make("third", "EC", folder);
    Path foreign = Files.writeString(folder.resolve("foreign.pem"), third.keyPem());
    Path broken = Files.writeString(folder.resolve("broken.pem"), "broken");
    Path missing = folder.resolve("missing.pem");

    assertUnusable(certificate, other, "the PEM files cannot be read");
    assertUnusable(certificate, foreign, "the key is not that of the certificate");
    assertUnusable(certificate, broken, "the PEM files cannot be read");
    assertUnusable(broken, key, "the PEM files cannot be read");
    assertUnusable(missing, key, "missing.pem");
  }

  private void assertUnusable(Path aCertificate, Path aKey, String words) {
    assertThatThrownBy(
            () ->
                CertificateFiles.open(
                    aCertificate, aKey, loops, new PeriodicTasks(PeriodicTaskListener.NONE)))
        .isInstanceOf(Fault.class)
        .hasMessageContaining(words);
  }

  private void write(TestCertificate shown) throws IOException {
    Files.writeString(certificate, shown.certificatePem());
    Files.writeString(key, shown.keyPem());
  }

  private void awaitShown(TestCertificate expected) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(shown()).isEqualTo(expected.certificate()));
  }

  private void awaitComplaint(String words) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(files.complaint())
                    .hasValueSatisfying(c -> assertThat(c).contains(words)));
  }

  private X509Certificate shown() throws IOException, GeneralSecurityException {
    try (SSLSocket socket = connect()) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /// Its own context each time, so that no session is resumed.
  private SSLSocket connect() throws IOException, GeneralSecurityException {
    var socket =
        (SSLSocket)
            TestCertificate.trusting(first, second)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// The record that the server sends after a ClientHello (RFC 5246, 7.4.1.2).
  private byte[] responseToHello(String version, String ciphers) throws IOException {
    String length = "%04x".formatted(ciphers.length() / 2);
    // supported_groups x25519, secp256r1, secp384r1; signature_algorithms of ECDSA and RSA
    String extensions = "000a00080006001d00170018" + "000d000a00080403050308040401";
    String body =
        version
            + "42".repeat(32)
            + "00"
            + length
            + ciphers
            + "0100"
            + "%04x".formatted(extensions.length() / 2)
            + extensions;
    String handshake = "01" + "%06x".formatted(body.length() / 2) + body;
    String record = "160301" + "%04x".formatted(handshake.length() / 2) + handshake;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(HexFormat.of().parseHex(record));
      return socket.getInputStream().readNBytes(7);
    }
  }

  @Test
  void wouldNoticeACipherThatIsTaken() throws Exception {
    assertThat(responseToHello("0303", "c02b")).startsWith((byte) 22);
  }
}
