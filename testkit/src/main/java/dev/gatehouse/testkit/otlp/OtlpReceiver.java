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

/// Takes spans by OTLP over HTTP in protobuf, as a collector does, and keeps them. Thread-safe.
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

  /// Its address without a path, as `OTEL_EXPORTER_OTLP_ENDPOINT` wants it.
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Answers with this status from now on; what it does not answer with 200 it does not keep.
  public void answerWith(int next) {
    status = next;
  }

  /// Everything received so far, in that order.
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
      byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
      exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return "gzip".equals(encoding)
        ? new GZIPInputStream(exchange.getRequestBody())
        : exchange.getRequestBody();
  }
}
