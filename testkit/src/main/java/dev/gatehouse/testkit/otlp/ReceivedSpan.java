package dev.gatehouse.testkit.otlp;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A span as received.
///
/// @param parentId empty for the first of a trace
/// @param kind such as `SERVER`
/// @param state the header `tracestate` of its trace
/// @param failed whether its status is an error
/// @param attributes in text form
/// @param resource attributes of the process, in text form
public record ReceivedSpan(
    String traceId,
    String spanId,
    String parentId,
    String name,
    String kind,
    String state,
    boolean failed,
    long startNanos,
    long endNanos,
    Map<String, String> attributes,
    Map<String, String> resource) {
  static List<ReceivedSpan> of(ResourceSpans batch) {
    Map<String, String> resource = text(batch.getResource().getAttributesList());
    return batch.getScopeSpansList().stream()
        .flatMap(scope -> scope.getSpansList().stream())
        .map(span -> of(span, resource))
        .toList();
  }

  static Map<String, String> headers(HttpExchange exchange) {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }

  private static ReceivedSpan of(Span span, Map<String, String> resource) {
    return new ReceivedSpan(
        hex(span.getTraceId()),
        hex(span.getSpanId()),
        hex(span.getParentSpanId()),
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        span.getTraceState(),
        span.getStatus().getCodeValue() == 2,
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        text(span.getAttributesList()),
        resource);
  }

  private static Map<String, String> text(List<KeyValue> attributes) {
    var text = new TreeMap<String, String>();
    attributes.forEach(each -> text.put(each.getKey(), text(each.getValue())));
    return text;
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      default -> value.toString();
    };
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
