package dev.gatehouse.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// An OpenAPI 3.1 description, as far as ours goes.
public final class Description {
  private static final String PROBLEM = "application/problem+json";

  private final Document document;

  private Description(Document document) {
    this.document = document;
  }

  /// The description a server gives of itself.
  public static Description fetch(Calls calls) {
    return new Description(Document.parse(calls.send(Call.of("GET /openapi.yaml")).body()));
  }

  /// All operations, as method and path template.
  public Set<String> operations() {
    return outcomes().stream()
        .map(Outcome::operation)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// All operations with the name each has.
  public Set<String> names() {
    var names = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> path : document.root().required("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String operation = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        names.add(operation + " " + method.getValue().required("operationId").stringValue());
      }
    }
    return names;
  }

  /// All outcomes of all operations.
  public Set<Outcome> outcomes() {
    var outcomes = new TreeSet<Outcome>();
    for (Map.Entry<String, JsonNode> path : document.root().required("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String operation = method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey();
        for (String status : method.getValue().required("responses").propertyNames()) {
          addOutcomes(operation, Integer.parseInt(status), outcomes);
        }
      }
    }
    return outcomes;
  }

  private void addOutcomes(String operation, int status, Set<Outcome> outcomes) {
    JsonNode content = document.at(response(operation, status)).path("content");
    if (!content.has(PROBLEM)) {
      outcomes.add(new Outcome(operation, status, ""));
      return;
    }
    JsonNode codes = content.at("/application~1problem+json/schema/allOf/1/properties/code/enum");
    assertThat(codes.isArray()).as("codes of %s %s", operation, status).isTrue();
    codes.forEach(code -> outcomes.add(new Outcome(operation, status, code.stringValue())));
  }

  /// Asserts that a response is as described: its status, headers, content type and body.
  public void check(CallResponse received) {
    JsonPointer location = response(received.call().operation(), received.status());
    JsonNode response = document.at(location);
    for (Map.Entry<String, JsonNode> header : response.path("headers").properties()) {
      checkHeader(received, header.getKey(), document.resolved(header.getValue()));
    }
    if (!response.has("content")) {
      assertThat(received.body()).as(received.outcome().toString()).isEmpty();
      return;
    }
    String type = received.header("content-type").orElseThrow();
    assertThat(response.required("content").propertyNames()).contains(type);
    JsonPointer media = location.appendProperty("content").appendProperty(type);
    if (document.at(media).has("schema")) {
      assertThat(document.faults(media.appendProperty("schema"), received.json()))
          .as("%s: %s", received.outcome(), received.body())
          .isEmpty();
    }
  }

  private static void checkHeader(CallResponse received, String name, JsonNode header) {
    if (!header.path("required").booleanValue(false) && received.header(name).isEmpty()) {
      return;
    }
    assertThat(received.header(name))
        .as("%s of %s", name, received.outcome())
        .hasValueSatisfying(
            value ->
                assertThat(value).matches(pattern -> matches(header, pattern), "as described"));
  }

  private static boolean matches(JsonNode header, String value) {
    String pattern = header.required("schema").path("pattern").stringValue("");
    return Pattern.compile(pattern).matcher(value).find();
  }

  /// Asserts that every example of a body is one.
  public void checkExamples() {
    int checked = 0;
    for (JsonPointer media : document.mediaTypes()) {
      for (Map.Entry<String, JsonNode> example : document.at(media).path("examples").properties()) {
        JsonNode value = document.resolved(example.getValue()).required("value");
        assertThat(document.faults(media.appendProperty("schema"), value))
            .as("example %s at %s", example.getKey(), media)
            .isEmpty();
        checked++;
      }
    }
    assertThat(checked).as("examples").isGreaterThan(document.mediaTypes().size() / 2);
  }

  private JsonPointer response(String operation, int status) {
    int space = operation.indexOf(' ');
    JsonPointer responses =
        JsonPointer.empty()
            .appendProperty("paths")
            .appendProperty(operation.substring(space + 1))
            .appendProperty(operation.substring(0, space).toLowerCase(Locale.ROOT))
            .appendProperty("responses");
    assertThat(document.at(responses).has(Integer.toString(status)))
        .as("%s describes %d", operation, status)
        .isTrue();
    return document.target(responses.appendProperty(Integer.toString(status)));
  }
}
