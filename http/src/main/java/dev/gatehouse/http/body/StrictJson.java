package dev.gatehouse.http.body;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// Reads one JSON object (RFC 8259, and I-JSON of RFC 7493 where that is stricter): valid UTF-8
/// without a byte order mark, no name twice, nothing after the object, no NUL, no lone surrogate.
public final class StrictJson {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NUMBER_LENGTH = 64;
  private static final int MAX_NAME_LENGTH = 256;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .build())
          .build();

  private StrictJson() {}

  /// Reads one JSON object.
  ///
  /// @throws Refusal `MALFORMED_REQUEST`
  public static Map<String, JsonValue> object(byte[] body) {
    CharBuffer text = decoded(body);
    try (JsonParser parser =
        FACTORY.createParser(
            ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.remaining())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("The body must be a JSON object.");
      }
      Map<String, JsonValue> fields = fields(parser);
      if (parser.nextToken() != null) {
        throw malformed("Something follows the JSON object.");
      }
      return fields;
    } catch (JacksonException notJson) {
      throw malformed("The body is not the JSON it should be.");
    }
  }

  private static CharBuffer decoded(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException notUtf8) {
      throw malformed("The body is not valid UTF-8.");
    }
  }

  private static Map<String, JsonValue> fields(JsonParser parser) {
    var fields = new LinkedHashMap<String, JsonValue>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = clean(parser.currentName());
      parser.nextToken();
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static JsonValue value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new JsonValue.Text(clean(parser.getString()));
      case VALUE_NULL -> JsonValue.NULL;
      case VALUE_TRUE, VALUE_FALSE -> new JsonValue.Flag(parser.getBooleanValue());
      case START_ARRAY -> list(parser);
      case START_OBJECT -> {
        parser.skipChildren();
        yield JsonValue.OTHER;
      }
      default -> JsonValue.OTHER;
    };
  }

  private static JsonValue list(JsonParser parser) {
    var texts = new ArrayList<String>();
    boolean onlyTexts = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      JsonValue element = value(parser);
      if (element instanceof JsonValue.Text(String text)) {
        texts.add(text);
        continue;
      }
      onlyTexts = false;
    }
    return onlyTexts ? new JsonValue.Texts(texts) : JsonValue.OTHER;
  }

  private static String clean(String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == 0) {
        throw malformed("A string holds the character NUL.");
      }
      if (Character.isHighSurrogate(character)
          && index + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(index + 1))) {
        index++;
        continue;
      }
      if (Character.isSurrogate(character)) {
        throw malformed("A string holds half a character.");
      }
    }
    return text;
  }

  private static Refusal malformed(String detail) {
    return new Refusal(ErrorCode.MALFORMED_REQUEST, detail);
  }
}
