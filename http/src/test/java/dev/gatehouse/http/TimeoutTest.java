package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeoutTest {
  /// More than the buffers of two sockets hold.
  private static final int LARGE = 32 << 20;

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicReference<Duration> remaining = new AtomicReference<>();
  private final TestServer server =
      TestServer.with(
          TestServer.impatient(),
          Route.get("/fine", _ -> Response.noContent()),
          Route.get("/large", _ -> Response.of(200, "text/plain", new byte[LARGE])),
          Route.post("/json", _ -> Response.noContent()),
          Route.get("/slow", _ -> sleep(Duration.ofMillis(450))),
          Route.get("/stuck", _ -> sleep(Duration.ofMinutes(1))));

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void closesConnectionThatSaysNothing() throws Exception {
    try (var client = server.connect()) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionWhoseHeadStops() throws Exception {
    try (var client = server.connect()) {
      client.send("GET /fine HTTP/1.1\r\nHost:");

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionWhoseHeadDrips() throws Exception {
    try (var client = server.connect()) {
      client.send("GET /fine HTTP/1.1\r\nHost: a\r\n");

      assertThat(dripUntilClosed(client, "X-A: b\r\n")).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void closesConnectionWhoseSecondHeadDrips() throws Exception {
    try (var client = server.connect()) {
      client.send(TestServer.head("GET", "/fine")).read();
      client.send("GET /fine HTTP/1.1\r\n");

      assertThat(dripUntilClosed(client, "X-A: b\r\n")).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void answersAndClosesWhenBodyDrips() throws Exception {
    try (var client = server.connect()) {
      String head =
          TestServer.head("POST", "/json", "Content-Type: application/json", "Content-Length: 900");
      client.send(head);
      long begun = System.nanoTime();
      Thread.ofVirtual().start(() -> dripQuietly(client));

      var response = client.read();

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).contains("DEADLINE_EXCEEDED");
      assertThat(client.isClosedByServer()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void keepsIdleConnectionForItsTimeThenClosesIt() throws Exception {
    try (var client = server.connect()) {
      client.send(TestServer.head("GET", "/fine")).read();
      TimeUnit.MILLISECONDS.sleep(500); // longer than the header timeout
      client.send(TestServer.head("GET", "/fine"));

      assertThat(client.read().status()).isEqualTo(204);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionThatDoesNotTakeItsAnswer() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.getOutputStream().write(TestServer.head("GET", "/large").getBytes(US_ASCII));
      TimeUnit.MILLISECONDS.sleep(3_000); // longer than it may be idle

      assertThat(bytesUntilTheEnd(socket)).isLessThan(LARGE);
    }
  }

  private static long bytesUntilTheEnd(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try {
      int read = socket.getInputStream().read(buffer);
      while (read >= 0) {
        bytes += read;
        read = socket.getInputStream().read(buffer);
      }
    } catch (SocketException reset) {
      return bytes;
    }
    return bytes;
  }

  @Test
  void leavesConnectionAloneWhileItsRequestIsWorkedOn() throws Exception {
    assertThat(server.get("/slow").status()).isEqualTo(204);
  }

  @Test
  void answersAndInterruptsWhenDeadlinePasses() throws Exception {
    try (var client = server.connect()) {
      client.send(TestServer.head("GET", "/stuck"));

      var response = client.read();

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).contains("DEADLINE_EXCEEDED");
      assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(client.send(TestServer.head("GET", "/fine")).read().status()).isEqualTo(204);
    }
  }

  @Test
  void bindsDeadlineForHandlers() throws Exception {
    server.get("/slow");

    assertThat(remaining.get()).isBetween(Duration.ofMillis(1), Duration.ofMillis(600));
  }

  @Test
  void interruptsHandlerWhenClientLeaves() throws Exception {
    try (var client = server.connect()) {
      client.send(TestServer.head("GET", "/stuck"));
      assertThat(started.await(5, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
  }

  private Response sleep(Duration time) {
    remaining.set(Deadline.current().remaining());
    started.countDown();
    try {
      Thread.sleep(time);
    } catch (InterruptedException gone) {
      interrupted.countDown();
    }
    return Response.noContent();
  }

  private static Duration dripUntilClosed(RawHttpClient client, String drop) throws Exception {
    long begun = System.nanoTime();
    try {
      while (System.nanoTime() - begun < Duration.ofSeconds(10).toNanos()) {
        client.send(drop);
        TimeUnit.MILLISECONDS.sleep(40);
      }
    } catch (SocketException closed) {
      return Duration.ofNanos(System.nanoTime() - begun);
    }
    throw new AssertionError("the server goes on listening to a dripping head");
  }

  private static void dripQuietly(RawHttpClient client) {
    try {
      for (int drop = 0; drop < 100; drop++) {
        client.send(" ");
        TimeUnit.MILLISECONDS.sleep(40);
      }
    } catch (IOException | InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
