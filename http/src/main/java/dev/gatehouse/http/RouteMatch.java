package dev.gatehouse.http;

import java.util.List;

/// A route with what is in the path for its named segments.
public record RouteMatch(RouteTable.Operation operation, List<String> values) {
  public Route route() {
    return operation.route();
  }

  String parameter(String name) {
    int index = operation.names().indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("The route has no segment named " + name);
    }
    return values.get(index);
  }
}
