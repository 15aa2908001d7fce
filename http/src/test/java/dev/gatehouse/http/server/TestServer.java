package dev.gatehouse.http.server;

import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.testkit.RawHttpClient;
import dev.gatehouse.testkit.RawHttpClient.RawResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// A real server on a free port, for one test class or one test.
public final class TestServer implements AutoCloseable {
  static final String HOST = "Host: localhost\r\n";

  private final EventLoops loops;
  private final HttpServer server;

  private TestServer(EventLoops loops, HttpServer server) {
    this.loops = loops;
    this.server = server;
  }

  public static TestServer with(Route... routes) {
    return with(settings(), routes);
  }

  public static TestServer with(HttpSettings settings, Route... routes) {
    return with(settings, 1, builder -> builder.routes(List.of(routes)));
  }

  public static TestServer with(
      HttpSettings settings, int loopCount, UnaryOperator<HttpServer.Builder> parts) {
    EventLoops loops = EventLoops.open(loopCount);
    return new TestServer(loops, parts.apply(HttpServer.builder(settings)).start(loops));
  }

  public static HttpSettings settings() {
    return HttpSettings.defaults().listeningOn("127.0.0.1", 0);
  }

  /// With time-outs of the test's own for a head, for a request and for a connection without one.
  public static HttpSettings waiting(Duration head, Duration request, Duration idle) {
    return new HttpSettings("127.0.0.1", 0, head, request, idle, 1024, 20, Duration.ofSeconds(5));
  }

  public HttpServer server() {
    return server;
  }

  public RawHttpClient connect() throws IOException {
    return new RawHttpClient(server.port());
  }

  /// One request on its own connection.
  public RawResponse get(String path, String... headerLines) throws IOException {
    return exchange("GET", path, headerLines);
  }

  public RawResponse exchange(String method, String path, String... headerLines)
      throws IOException {
    try (var client = connect()) {
      return client.send(head(method, path, headerLines)).read();
    }
  }

  public RawResponse post(String path, String contentType, byte[] body) throws IOException {
    String type = "Content-Type: " + contentType;
    String length = "Content-Length: " + body.length;
    try (var client = connect()) {
      return client.send(head("POST", path, type, length)).send(body).read();
    }
  }

  public RawResponse postJson(String path, String body) throws IOException {
    return post(path, "application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  public static String head(String method, String path, String... headerLines) {
    var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n" + HOST);
    for (String line : headerLines) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  @Override
  public void close() {
    server.drain(Duration.ofMillis(500));
    loops.close();
  }
}
