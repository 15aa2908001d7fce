package dev.gatehouse.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.http.server.TestServer;
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
import org.junit.jupiter.api.Test;

class TimeoutTest {
  /// More than the buffers of two sockets hold.
  private static final int LARGE = 32 << 20;

  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration BRIEF = Duration.ofMillis(300);

  /// For a head that is to arrive in time, and no longer than a test may wait.
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final AtomicReference<Duration> remaining = new AtomicReference<>();

  @Test
  void closesConnectionThatSaysNothing() throws Exception {
    try (var server = server(BRIEF, AMPLE, AMPLE);
        var client = server.connect()) {
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionWhoseHeadStops() throws Exception {
    try (var server = server(BRIEF, AMPLE, AMPLE);
        var client = server.connect()) {
      client.send("GET /fine HTTP/1.1\r\nHost:");

      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionWhoseHeadDrips() throws Exception {
    try (var server = server(BRIEF, AMPLE, AMPLE);
        var client = server.connect()) {
      client.send("GET /fine HTTP/1.1\r\nHost: a\r\n");

      dripUntilClosed(client, "X-A: b\r\n");
    }
  }

  @Test
  void closesConnectionWhoseSecondHeadDrips() throws Exception {
    try (var server = server(SECOND, AMPLE, AMPLE);
        var client = server.connect()) {
      client.send(TestServer.head("GET", "/fine")).read();
      client.send("GET /fine HTTP/1.1\r\n");

      dripUntilClosed(client, "X-A: b\r\n");
    }
  }

  @Test
  void respondsAndClosesWhenBodyDrips() throws Exception {
    try (var server = server(AMPLE, SECOND, AMPLE);
        var client = server.connect()) {
      String head =
          TestServer.head("POST", "/json", "Content-Type: application/json", "Content-Length: 900");
      client.send(head);
      var dripping = Thread.ofVirtual().start(() -> dripQuietly(client));

      var response = client.read();

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).contains("DEADLINE_EXCEEDED");
      assertThat(client.isClosedByServer()).isTrue();
      dripping.interrupt();
    }
  }

  @Test
  void keepsIdleConnectionForItsTimeThenClosesIt() throws Exception {
    try (var server = server(SECOND, AMPLE, Duration.ofSeconds(4));
        var client = server.connect()) {
      client.send(TestServer.head("GET", "/fine")).read();
      TimeUnit.MILLISECONDS.sleep(1_300); // longer than a head may take
      client.send(TestServer.head("GET", "/fine"));

      assertThat(client.read().status()).isEqualTo(204);
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  @Test
  void closesConnectionThatDoesNotTakeItsResponse() throws Exception {
    try (var server = server(AMPLE, AMPLE, SECOND);
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.server().port())) {
      socket.getOutputStream().write(TestServer.head("GET", "/large").getBytes(US_ASCII));
      socket.setSoTimeout((int) AMPLE.toMillis());
      assertThat(socket.getInputStream().read()).isEqualTo('H');
      await().atMost(AMPLE).until(() -> server.server().activeConnections() == 0);

      assertThat(bytesUntilTheEnd(socket)).isLessThan(LARGE);
    }
  }

  private static long bytesUntilTheEnd(Socket socket) throws IOException {
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
    try (var server = server(SECOND, AMPLE, SECOND)) {
      assertThat(server.get("/slow").status()).isEqualTo(204);
    }
  }

  @Test
  void respondsAndInterruptsWhenDeadlinePasses() throws Exception {
    try (var server = server(AMPLE, Duration.ofSeconds(2), AMPLE);
        var client = server.connect()) {
      client.send(TestServer.head("GET", "/stuck"));

      var response = client.read();

      assertThat(response.status()).isEqualTo(504);
      assertThat(response.text()).contains("DEADLINE_EXCEEDED");
      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(client.send(TestServer.head("GET", "/fine")).read().status()).isEqualTo(204);
    }
  }

  @Test
  void bindsDeadlineForHandlers() throws Exception {
    try (var server = server(AMPLE, AMPLE, AMPLE)) {
      server.get("/short");
    }

    assertThat(remaining.get()).isBetween(Duration.ofMillis(1), AMPLE);
  }

  @Test
  void interruptsHandlerWhenClientLeaves() throws Exception {
    try (var server = server(AMPLE, Duration.ofMinutes(1), AMPLE)) {
      try (var client = server.connect()) {
        client.send(TestServer.head("GET", "/stuck"));
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
      }

      assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  private TestServer server(Duration head, Duration request, Duration idle) {
    return TestServer.with(
        TestServer.waiting(head, request, idle),
        Route.get("/fine", _ -> Response.noContent()).access(Guard.PUBLIC),
        Route.get("/large", _ -> Response.of(200, "text/plain", new byte[LARGE]))
            .access(Guard.PUBLIC),
        Route.post("/json", _ -> Response.noContent()).access(Guard.PUBLIC),
        Route.get("/short", _ -> sleep(Duration.ZERO)).access(Guard.PUBLIC),
        Route.get("/slow", _ -> sleep(Duration.ofMillis(1_500))).access(Guard.PUBLIC),
        Route.get("/stuck", _ -> sleep(Duration.ofMinutes(1))).access(Guard.PUBLIC));
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

  private static void dripUntilClosed(RawHttpClient client, String drop) throws Exception {
    long begun = System.nanoTime();
    try {
      while (System.nanoTime() - begun < AMPLE.toNanos()) {
        client.send(drop);
        TimeUnit.MILLISECONDS.sleep(40);
      }
    } catch (SocketException closed) {
      return;
    }
    throw new AssertionError("the server goes on listening to a dripping head");
  }

  private static void dripQuietly(RawHttpClient client) {
    try {
      for (int drop = 0; drop < 500; drop++) {
        client.send(" ");
        TimeUnit.MILLISECONDS.sleep(40);
      }
    } catch (IOException | InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}
