package dev.gatehouse.http.server;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.body.FormDecoder;
import java.util.List;
import java.util.Map;

/// Reads the query of a request, which may hold what its route declares and nothing else.
public final class Queries {
  private Queries() {}

  public static Map<String, String> of(String query, Route route) {
    if (query.isEmpty()) {
      return Map.of();
    }
    Map<String, String> parameters = FormDecoder.decode(query);
    List<FieldError> unknown =
        parameters.keySet().stream()
            .filter(name -> !route.query().contains(name))
            .map(name -> new FieldError(name, "unknown", "The parameter is not known here."))
            .toList();
    if (!unknown.isEmpty()) {
      throw InvalidFields.malformed(unknown);
    }
    return parameters;
  }
}
