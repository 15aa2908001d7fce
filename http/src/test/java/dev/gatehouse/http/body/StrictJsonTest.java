package dev.gatehouse.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"a\"",
        "1",
        "{",
        "{\"a\":}",
        "{\"a\":\"b\"",
        "{\"a\":\"b\"} x",
        "{\"a\":\"b\"}{}",
        "{\"a\":\"b\",}",
        "{,}",
        "{a:\"b\"}",
        "{'a':'b'}",
        "{\"a\":\"b\",\"a\":\"c\"}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":\"\\u0000\"}",
        "{\"a\\u0000\":\"b\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00x\"}",
        "{\"a\":[\"\\ud800\"]}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":\"b\"} // c",
        "\ufeff{\"a\":\"b\"}"
      })
  void refusesWhatIsNotOneStrictObject(String json) {
    refuses(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void refusesBadUtf8() {
    refuses(bytes("{\"a\":\"\u00ff\"}"));
    refuses(bytes("{\"a\":\"\u00c0\u00af\"}"));
    refuses(bytes("{\"a\":\"\u00ed\u00a0\u0080\"}"));
    refuses(bytes("{\"a\":\"\u00e2\u0082\"}"));
    refuses(bytes("{\"a\":\"\u00f5\u0080\u0080\u0080\"}"));
    refuses("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_16));
  }

  @Test
  void refusesDepthAndLengthThatNoCallHas() {
    refuses(bytes("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}"));
    refuses(bytes("{\"a\":" + "9".repeat(5000) + "}"));
    refuses(bytes("{\"" + "a".repeat(5000) + "\":1}"));
  }

  @Test
  void readsStringsOfAllScripts() {
    String json = "{\"a\":\"Ελένη \\ud83d\\ude00 😀\",\"b\":null}";
    String read = pick(json, body -> body.requiredString("a") + body.update("b").newValue());
    assertThat(read).isEqualTo("Ελένη 😀 😀Optional.empty");
  }

  @Test
  void tellsAbsentNullAndValueApart() {
    Function<JsonBody, FieldUpdate<String>> update = body -> body.update("a");
    assertThat(pick("{}", update)).isEqualTo(new FieldUpdate.Unchanged<String>());
    assertThat(pick("{\"a\":null}", update)).isEqualTo(new FieldUpdate.Cleared<String>());
    assertThat(pick("{\"a\":\"b\"}", update)).isEqualTo(new FieldUpdate.Changed<>("b"));
  }

  @Test
  void readsListsOfStrings() {
    Function<JsonBody, FieldUpdate<List<String>>> roles = body -> body.updateStrings("a");
    assertThat(pick("{\"a\":[\"b\",\"c\"]}", roles))
        .isEqualTo(new FieldUpdate.Changed<>(List.of("b", "c")));
    assertThat(pick("{\"a\":[]}", roles)).isEqualTo(new FieldUpdate.Changed<>(List.of()));
    assertThat(pick("{}", roles)).isEqualTo(new FieldUpdate.Unchanged<List<String>>());
    assertThat(faults("{\"a\":[\"b\",1]}", roles))
        .extracting(FieldError::code)
        .containsExactly("wrong_type");
  }

  @Test
  void reportsAllMalformedFieldsTogether() {
    assertThat(faults("{\"a\":1,\"b\":[],\"c\":{},\"x\":\"y\"}", StrictJsonTest::all))
        .extracting(FieldError::field, FieldError::code)
        .containsExactly(
            tuple("a", "wrong_type"),
            tuple("b", "wrong_type"),
            tuple("c", "wrong_type"),
            tuple("x", "unknown"));
  }

  @Test
  void reportsAllMissingFieldsTogether() {
    assertThatExceptionOfType(InvalidFields.class)
        .isThrownBy(() -> pick("{\"c\":\"\"}", StrictJsonTest::all))
        .satisfies(invalid -> assertThat(invalid.code()).isEqualTo(ErrorCode.INVALID_FIELDS))
        .satisfies(
            invalid ->
                assertThat(invalid.errors())
                    .extracting(FieldError::field)
                    .containsExactly("a", "b"));
  }

  @Test
  void reportsFaultsOfFormBeforeFaultsTheReaderFinds() {
    Function<JsonBody, String> reader =
        body -> {
          throw InvalidFields.of("a", "too_short", body.requiredString("a"));
        };
    assertThat(faults("{\"a\":\"b\",\"x\":1}", reader))
        .extracting(FieldError::field)
        .containsExactly("x");
  }

  private static String all(JsonBody body) {
    return body.requiredString("a") + body.requiredString("b") + body.requiredString("c");
  }

  private static <T> List<FieldError> faults(String json, Function<JsonBody, T> reader) {
    try {
      pick(json, reader);
    } catch (InvalidFields invalid) {
      assertThat(invalid.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST);
      return invalid.errors();
    }
    throw new AssertionError("no fault was found");
  }

  private static <T> T pick(String json, Function<JsonBody, T> reader) {
    return JsonBody.read(StrictJson.object(json.getBytes(StandardCharsets.UTF_8)), reader);
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void refuses(byte[] body) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> StrictJson.object(body))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_REQUEST));
  }
}
