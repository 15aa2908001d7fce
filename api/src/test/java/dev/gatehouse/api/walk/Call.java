package dev.gatehouse.api.walk;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A request to be varied and sent. Immutable.
///
/// @param operation the template it aims at, such as `GET /v1/users/{id}`
/// @param path with its named segments filled in, and its query
/// @param body as it is sent, empty for none
public record Call(String operation, String path, Map<String, String> headers, String body) {
  private static final JsonMapper MAPPER = new JsonMapper();

  public Call {
    headers = Map.copyOf(headers);
  }

  /// A call without a body, on a path that is its own template.
  public static Call of(String operation) {
    return new Call(operation, operation.substring(operation.indexOf(' ') + 1), Map.of(), "");
  }

  public String method() {
    return operation.substring(0, operation.indexOf(' '));
  }

  public Call at(String otherPath) {
    return new Call(operation, otherPath, headers, body);
  }

  public Call with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(operation, path, more, body);
  }

  public Call without(String header) {
    var fewer = new LinkedHashMap<>(headers);
    fewer.remove(header);
    return new Call(operation, path, fewer, body);
  }

  public Call as(String accessToken) {
    return with("Authorization", "Bearer " + accessToken);
  }

  public Call json(Map<String, String> fields) {
    return raw(MAPPER.writeValueAsString(fields)).with("Content-Type", "application/json");
  }

  public Call raw(String otherBody) {
    return new Call(operation, path, headers, otherBody);
  }
}
