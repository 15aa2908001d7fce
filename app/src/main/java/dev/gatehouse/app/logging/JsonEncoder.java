package dev.gatehouse.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// One JSON object a line: `timestamp`, `level`, `logger`, `thread`, `message`, `stack_trace` where
/// there is one, and the event's own keys beside them. No name appears twice, whatever a caller logs.
final class JsonEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final Set<String> RESERVED =
      Set.of("timestamp", "level", "logger", "thread", "message", "stack_trace");

  private final JsonFactory json = new JsonFactory();

  @Override
  public byte[] encode(ILoggingEvent event) {
    // By way of a string: a lone surrogate then becomes a question mark instead of an error.
    var line = new StringWriter(256);
    try (JsonGenerator object = json.createGenerator(ObjectWriteContext.empty(), line)) {
      object.writeStartObject();
      object.writeStringProperty("timestamp", event.getInstant().toString());
      object.writeStringProperty("level", event.getLevel().toString());
      object.writeStringProperty("logger", event.getLoggerName());
      object.writeStringProperty("thread", event.getThreadName());
      object.writeStringProperty("message", event.getFormattedMessage());
      for (Map.Entry<String, Object> field : EventFields.of(event).entrySet()) {
        object.writeName(RESERVED.contains(field.getKey()) ? field.getKey() + "_" : field.getKey());
        write(object, field.getValue());
      }
      if (event.getThrowableProxy() != null) {
        String trace = ThrowableProxyUtil.asString(event.getThrowableProxy());
        object.writeStringProperty("stack_trace", trace);
      }
      object.writeEndObject();
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator object, Object value) {
    switch (value) {
      case Integer number -> object.writeNumber(number);
      case Long number -> object.writeNumber(number);
      case Double number when Double.isFinite(number) -> object.writeNumber(number);
      case Boolean truth -> object.writeBoolean(truth);
      default -> object.writeString(value.toString());
    }
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
