package dev.gatehouse.testkit.otlp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/// A collector that receives spans by OTLP over HTTP in protobuf and stores them. Thread-safe.
public final class OtlpReceiver implements AutoCloseable {
  private static final String PATH = "/v1/traces";

  private final Queue<ReceivedSpan> spans = new ConcurrentLinkedQueue<>();
  private final Queue<Map<String, String>> headers = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile int status = 200;

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /// Listens on a free port.
  public static OtlpReceiver start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var receiver = new OtlpReceiver(HttpServer.create(address, 0));
    receiver.server.createContext("/", receiver::receive);
    receiver.server.setExecutor(receiver.threads);
    receiver.server.start();
    return receiver;
  }

  /// The address without a path, as in `OTEL_EXPORTER_OTLP_ENDPOINT`.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Sets the status of responses; batches with another status than 200 are not stored.
  public void respondWith(int next) {
    status = next;
  }

  /// All received spans, in order.
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /// The spans of one trace.
  public List<ReceivedSpan> trace(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  /// The headers of each batch, by lower-case name.
  public List<Map<String, String>> headers() {
    return List.copyOf(headers);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      var request = ExportTraceServiceRequest.parseFrom(body(exchange));
      if (status == 200) {
        headers.add(ReceivedSpan.headers(exchange));
        request.getResourceSpansList().forEach(batch -> spans.addAll(ReceivedSpan.of(batch)));
      }
      byte[] response = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(status, response.length == 0 ? -1 : response.length);
      exchange.getResponseBody().write(response);
    }
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return "gzip".equals(encoding)
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }
}
