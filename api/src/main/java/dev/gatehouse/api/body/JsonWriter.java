package dev.gatehouse.api.body;

import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/// Writes one JSON object straight into bytes, without reflection and without a tree in between.
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriter() {}

  public static byte[] object(Consumer<JsonGenerator> fields) {
    var bytes = new ByteArrayBuilder();
    try (JsonGenerator json =
        FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
