package dev.gatehouse.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/// The keys an event carries: its own first, then those of its thread's context, each name once.
final class EventFields {
  private EventFields() {}

  static Map<String, Object> of(ILoggingEvent event) {
    var fields = new LinkedHashMap<String, Object>();
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        fields.putIfAbsent(pair.key, pair.value == null ? "" : pair.value);
      }
    }
    event.getMDCPropertyMap().forEach((key, value) -> fields.putIfAbsent(key, value));
    return fields;
  }
}
