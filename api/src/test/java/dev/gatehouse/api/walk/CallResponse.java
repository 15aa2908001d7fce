package dev.gatehouse.api.walk;

import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came back for a call.
public record CallResponse(Call call, HttpResponse<String> response) {
  private static final JsonMapper MAPPER = new JsonMapper();

  public int status() {
    return response.statusCode();
  }

  public Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  public String body() {
    return response.body();
  }

  public JsonNode json() {
    return MAPPER.readTree(response.body());
  }

  /// A text field of the JSON body.
  public String text(String field) {
    return json().required(field).stringValue();
  }

  public Outcome outcome() {
    boolean problem = header("content-type").orElse("").startsWith("application/problem+json");
    return new Outcome(call.operation(), status(), problem ? text("code") : "");
  }
}
