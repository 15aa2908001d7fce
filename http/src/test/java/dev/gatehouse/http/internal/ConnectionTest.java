package dev.gatehouse.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.errors.Fault;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.server.TestServer;
import dev.gatehouse.testkit.RawHttpClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  @Test
  void respondsPipelinedRequestsInOrder() throws Exception {
    var routes =
        new Route[] {
          Route.get("/slow/{n}", request -> numbered(request, 3)).access(Guard.PUBLIC),
          Route.get("/fast/{n}", request -> numbered(request, 0))
              .access(Guard.PUBLIC)
              .immediate(request -> numbered(request, 0))
        };
    try (var server = TestServer.with(routes);
        var client = server.connect()) {
      var all = new StringBuilder();
      for (int number = 0; number < 200; number++) {
        String kind = number % 3 == 0 ? "/slow/" : "/fast/";
        all.append(TestServer.head("GET", kind + number));
      }
      client.send(all.toString());

      for (int number = 0; number < 200; number++) {
        assertThat(client.read().text()).isEqualTo(String.valueOf(number));
      }
    }
  }

  @Test
  void closesConnectionsBeyondTheLimitAndServesTheOthers() throws Exception {
    var kept = new ArrayList<RawHttpClient>();
    var route = Route.get("/fine", _ -> Response.noContent()).access(Guard.PUBLIC);
    try (var server = TestServer.with(limited(3), route)) {
      for (int number = 0; number < 3; number++) {
        RawHttpClient client = server.connect();
        client.send(TestServer.head("GET", "/fine")).read();
        kept.add(client);
      }
      try (var tooMany = server.connect()) {
        assertThat(tooMany.isClosedByServer()).isTrue();
      }
      assertThat(server.server().activeConnections()).isEqualTo(3);
      assertThat(kept.getFirst().send(TestServer.head("GET", "/fine")).read().status())
          .isEqualTo(204);

      kept.removeLast().close();
      await().until(() -> server.server().activeConnections() == 2);
      assertThat(server.get("/fine").status()).isEqualTo(204);
    } finally {
      for (RawHttpClient client : kept) {
        client.close();
      }
    }
  }

  @Test
  void refusesAtOnceWhatIsMoreThanItCanHold() throws Exception {
    var gate = new CountDownLatch(1);
    var waiting = Route.get("/wait", _ -> waitFor(gate)).access(Guard.PUBLIC);
    var fine =
        Route.get("/fine", _ -> Response.noContent())
            .access(Guard.PUBLIC)
            .immediate(_ -> Response.noContent());
    var clients = new ArrayList<RawHttpClient>();
    try (var server = TestServer.with(waiting, fine)) {
      for (int number = 0; number < 1024; number++) {
        clients.add(server.connect().send(TestServer.head("GET", "/wait")));
      }
      await().until(() -> server.get("/wait").status() == 503);
      var refused = server.get("/wait");
      assertThat(refused.text()).contains("OVERLOADED");
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(server.get("/fine").status()).isEqualTo(204);

      gate.countDown();
      for (RawHttpClient client : clients) {
        assertThat(client.read().status()).isEqualTo(204);
        client.close();
      }
      assertThat(server.get("/wait").status()).isEqualTo(204);
    }
  }

  @Test
  void closesWhenClientAsksForIt() throws Exception {
    try (var server =
        TestServer.with(Route.get("/fine", _ -> Response.noContent()).access(Guard.PUBLIC))) {
      for (String wish : List.of("close", "Close", "close, te")) {
        try (var client = server.connect()) {
          var response = client.send(TestServer.head("GET", "/fine", "Connection: " + wish)).read();
          assertThat(response.header("connection")).isEqualTo("close");
          assertThat(client.isClosedByServer()).isTrue();
        }
      }
    }
  }

  @Test
  void servesOldClients() throws Exception {
    try (var server =
        TestServer.with(Route.get("/fine", _ -> Response.json(200, "a")).access(Guard.PUBLIC))) {
      try (var client = server.connect()) {
        assertThat(client.send("GET /fine HTTP/1.0\r\n\r\n").read().status()).isEqualTo(200);
        assertThat(client.isClosedByServer()).isTrue();
      }
    }
  }

  @Test
  void saysInWordsThatPortIsTaken() {
    try (var server = TestServer.with()) {
      HttpSettings taken = TestServer.settings().listeningOn("127.0.0.1", server.server().port());

      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> TestServer.with(taken))
          .withMessageContaining(":" + server.server().port())
          .withCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void servesOnSeveralEventLoopsBehindOnePort() throws Exception {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    var route =
        Route.get("/fine", _ -> Response.noContent())
            .access(Guard.PUBLIC)
            .immediate(
                _ -> {
                  threads.add(Thread.currentThread());
                  return Response.noContent();
                });
    try (var server =
        TestServer.with(TestServer.settings(), 2, builder -> builder.routes(List.of(route)))) {
      for (int number = 0; number < 8; number++) {
        assertThat(server.get("/fine").status()).isEqualTo(204);
      }
    }
    assertThat(threads).hasSize(2);
  }

  private static Response numbered(Request request, int millis) {
    try {
      Thread.sleep(millis == 0 ? 0 : ThreadLocalRandom.current().nextInt(millis));
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
    return Response.jsonBytes(200, request.pathParameter("n").getBytes(StandardCharsets.UTF_8));
  }

  private static Response waitFor(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
    return Response.noContent();
  }

  private static HttpSettings limited(int connections) {
    var defaults = TestServer.settings();
    return new HttpSettings(
        defaults.host(),
        0,
        defaults.headerTimeout(),
        defaults.requestTimeout(),
        defaults.idleTimeout(),
        defaults.maxBody(),
        connections,
        defaults.shutdownGrace());
  }
}
