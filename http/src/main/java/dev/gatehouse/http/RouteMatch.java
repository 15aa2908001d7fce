package dev.gatehouse.http;

import java.util.List;

/// A route, and the values of its named segments in the path.
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
