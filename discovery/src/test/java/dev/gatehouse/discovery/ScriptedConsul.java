package dev.gatehouse.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/// Responds to queries of instances as a real Consul does only in rare moments, or never
/// should.
final class ScriptedConsul implements AutoCloseable {
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final List<String> queries = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /// @param index the header's text, empty for none
  private record Reply(int status, String index, String body) {}

  ScriptedConsul() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::respond);
    server.start();
  }

  ScriptedConsul then(int status, String index, String body) {
    replies.add(new Reply(status, index, body));
    return this;
  }

  ScriptedConsul thenInstances(String index, String... hosts) {
    return then(200, index, instances(hosts));
  }

  static String instances(String... hosts) {
    return Arrays.stream(hosts)
        .map(ScriptedConsul::instance)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String instance(String host) {
    return """
        {"Node": {"Address": "10.9.9.9"},
         "Service": {"ID": "%s:1", "Address": "%s", "Port": 1, "Tags": [], "Meta": {},
                     "Weights": {"Passing": 1, "Warning": 1}},
         "Checks": []}
        """
        .formatted(host, host);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<String> queries() {
    return queries;
  }

  /// What came with the queries, in the order of [#queries()].
  List<String> bodies() {
    return bodies;
  }

  /// Once the script is over, queries hang as a blocking query does.
  private void respond(HttpExchange exchange) throws IOException {
    try (exchange) {
      bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      queries.add(exchange.getRequestURI().toString());
      Reply reply = replies.poll();
      if (reply == null) {
        awaitClosed();
        return;
      }
      if (!reply.index.isEmpty()) {
        exchange.getResponseHeaders().set("X-Consul-Index", reply.index);
      }
      byte[] body = reply.body.getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void awaitClosed() {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
