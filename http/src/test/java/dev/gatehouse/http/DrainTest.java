package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.http.server.TestServer;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainTest {
  private final AtomicInteger responses = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch loaded = new CountDownLatch(500);

  @Test
  void failsNoRequestUnderLoad() throws Exception {
    try (var server =
        TestServer.with(
            Route.get("/work", _ -> sleep(5)).access(Guard.PUBLIC),
            Route.get("/at-once", _ -> sleep(5))
                .access(Guard.PUBLIC)
                .immediate(_ -> Response.noContent()))) {
      var clients = new ArrayList<Thread>();
      for (int number = 0; number < 20; number++) {
        String path = number % 2 == 0 ? "/work" : "/at-once";
        clients.add(Thread.startVirtualThread(() -> askUntilTold(server, path)));
      }
      assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();

      server.server().drain(Duration.ofSeconds(10));

      for (Thread client : clients) {
        assertThat(client.join(Duration.ofSeconds(10))).isTrue();
      }
      assertThat(failed).hasValue(0);
      assertThat(responses.get()).isGreaterThanOrEqualTo(500);
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> server.connect().close());
    }
  }

  @Test
  void letsRequestInFlightFinishAndClosesIdleConnections() throws Exception {
    try (var server =
            TestServer.with(
                Route.get("/work", _ -> arrive(1500)).access(Guard.PUBLIC),
                Route.get("/fine", _ -> sleep(0)).access(Guard.PUBLIC));
        var busy = server.connect();
        var idle = server.connect()) {
      idle.send(TestServer.head("GET", "/fine")).read();
      busy.send(TestServer.head("GET", "/work"));
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      long begun = System.nanoTime();

      server.server().drain(Duration.ofSeconds(15));

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      var response = busy.read();
      assertThat(response.status()).isEqualTo(204);
      assertThat(response.header("connection")).isEqualTo("close");
      assertThat(busy.isClosedByServer()).isTrue();
      assertThat(idle.isClosedByServer()).isTrue();
    }
  }

  @Test
  void returnsWithinGraceWhenRequestGoesOnForEver() throws Exception {
    try (var server =
            TestServer.with(Route.get("/stuck", _ -> arrive(60_000)).access(Guard.PUBLIC));
        var client = server.connect()) {
      client.send(TestServer.head("GET", "/stuck"));
      assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
      long begun = System.nanoTime();

      server.server().drain(Duration.ofSeconds(1));

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
      assertThat(client.isClosedByServer()).isTrue();
    }
  }

  private void askUntilTold(TestServer server, String path) {
    try (RawHttpClient client = server.connect()) {
      boolean told = false;
      while (!told) {
        var response = client.send(TestServer.head("GET", path)).read();
        if (response.status() != 204) {
          failed.incrementAndGet();
        }
        responses.incrementAndGet();
        loaded.countDown();
        told = response.header("connection").equals("close");
      }
    } catch (IOException broken) {
      failed.incrementAndGet();
    }
  }

  private Response arrive(int millis) {
    arrived.countDown();
    return sleep(millis);
  }

  private static Response sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
    return Response.noContent();
  }
}
