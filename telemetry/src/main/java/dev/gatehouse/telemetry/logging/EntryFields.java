package dev.gatehouse.telemetry.logging;

import dev.gatehouse.http.RequestContext;
import dev.gatehouse.http.observation.AccessLine;
import dev.gatehouse.http.observation.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/// The fields of an entry: those of the event, then of the request, then of the thread (MDC), each
/// name once.
final class EntryFields {
  private EntryFields() {}

  static Map<String, Object> of(Entry entry) {
    var fields = new LinkedHashMap<String, Object>();
    AccessLine access = entry.access();
    if (access != null) {
      put(access, fields);
    }
    if (entry.event().getKeyValuePairs() != null) {
      for (KeyValuePair pair : entry.event().getKeyValuePairs()) {
        fields.putIfAbsent(pair.key, pair.value == null ? "" : pair.value);
      }
    }
    RequestContext request = entry.request();
    if (request != null) {
      fields.putIfAbsent("request_id", request.requestId());
      put(request.trace(), fields);
    }
    entry.event().getMDCPropertyMap().forEach(fields::putIfAbsent);
    return fields;
  }

  private static void put(AccessLine access, Map<String, Object> fields) {
    fields.put("method", access.method());
    fields.put("path", access.path());
    fields.put("status", access.status());
    fields.put("duration_us", access.micros());
    fields.put("request_id", access.requestId());
    put(access.trace(), fields);
    fields.put("client", access.client());
  }

  private static void put(TraceContext trace, Map<String, Object> fields) {
    fields.putIfAbsent("trace_id", trace.traceId());
    fields.putIfAbsent("span_id", trace.spanId());
  }
}
