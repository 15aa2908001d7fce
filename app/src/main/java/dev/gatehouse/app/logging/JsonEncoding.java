package dev.gatehouse.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;

/// One JSON object a line: `timestamp`, `level`, `logger`, `thread`, `message`, `stack_trace`, and the
/// event's own keys beside them.
final class JsonEncoding {
  private JsonEncoding() {}

  static Encoder<ILoggingEvent> encoder() {
    var names = new LogstashFieldNames();
    names.setTimestamp("timestamp");
    names.setLogger("logger");
    names.setThread("thread");
    names.setVersion("[ignore]");
    names.setLevelValue("[ignore]");
    var encoder = new LogstashEncoder();
    encoder.setFieldNames(names);
    encoder.setTimeZone("UTC");
    encoder.setIncludeContext(false);
    encoder.setIncludeTags(false);
    return encoder;
  }
}
