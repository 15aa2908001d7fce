package dev.gatehouse.http;

import dev.gatehouse.http.body.PercentDecoder;
import dev.gatehouse.http.observation.RequestObserver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All routes as a tree of path segments, built once. Paths without named segments are found by one
/// look-up of the whole path. Immutable after construction.
public final class RouteTable {
  /// A route with what is computed for it at startup.
  ///
  /// @param names the named segments, in the order of the path
  /// @param chain the handler with all filters around it
  /// @param attempt the immediate response with all filters around it
  public record Operation(
      Route route,
      List<String> names,
      Handler chain,
      @Nullable Handler attempt,
      RequestObserver.OfRoute observer) {}

  /// A path that exists.
  ///
  /// @param options what `OPTIONS` does there
  public record Path(
      Map<String, Operation> operations, List<String> values, String allowed, Operation options) {
    @Nullable
    public RouteMatch match(String method) {
      var operation = operations.get(method);
      return operation == null ? null : new RouteMatch(operation, values);
    }
  }

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final Map<String, Operation> operations = new HashMap<>();
    private @Nullable Node named;
    private @Nullable Operation options;
    private String allowed = "";

    private Operation options() {
      return Objects.requireNonNull(options, "a path without an operation");
    }
  }

  private final Node root = new Node();
  private final Map<String, Path> fixed = new HashMap<>();
  private final Operation other;
  private final UnaryOperator<Operation> options;

  /// @param other represents requests that find no route
  /// @param options makes of an operation that for `OPTIONS` on the same path
  public RouteTable(
      Collection<Operation> operations, Operation other, UnaryOperator<Operation> options) {
    this.other = other;
    this.options = options;
    operations.forEach(this::add);
  }

  private void add(Operation operation) {
    Route route = operation.route();
    if (!route.template().startsWith("/")) {
      throw new IllegalArgumentException("A template begins with a slash: " + route.template());
    }
    Node node = root;
    for (String segment : segments(route.template())) {
      node = isNamed(segment) ? namedChild(node) : literalChild(node, segment);
    }
    if (node.operations.putIfAbsent(route.method(), operation) != null) {
      throw new IllegalArgumentException("Two routes for " + route.method() + route.template());
    }
    if (route.method().equals("GET")) {
      node.operations.put("HEAD", operation);
    }
    if (node.options == null) {
      node.options = options.apply(operation);
    }
    node.allowed = Methods.allowed(node.operations.keySet());
    if (operation.names().isEmpty()) {
      fixed.put(
          route.template(), new Path(node.operations, List.of(), node.allowed, node.options()));
    }
  }

  /// The named segments of a template, in order.
  public static List<String> names(String template) {
    return segments(template).stream()
        .filter(RouteTable::isNamed)
        .map(segment -> segment.substring(1, segment.length() - 1))
        .toList();
  }

  /// What represents requests that find no route.
  public Operation other() {
    return other;
  }

  /// What exists at a path, or null when nothing does.
  ///
  /// @param path as the client wrote it, already validated
  @Nullable
  public Path find(String path) {
    var known = fixed.get(path);
    if (known != null) {
      return known;
    }
    List<String> segments = segments(path).stream().map(PercentDecoder::path).toList();
    return find(root, segments, 0, new ArrayList<>());
  }

  private static @Nullable Path find(
      Node node, List<String> segments, int index, List<String> values) {
    if (index == segments.size()) {
      return node.operations.isEmpty()
          ? null
          : new Path(node.operations, List.copyOf(values), node.allowed, node.options());
    }
    String segment = segments.get(index);
    Node literal = node.literals.get(segment);
    Path found = literal == null ? null : find(literal, segments, index + 1, values);
    if (found != null || node.named == null || segment.isEmpty()) {
      return found;
    }
    values.addLast(segment);
    found = find(node.named, segments, index + 1, values);
    values.removeLast();
    return found;
  }

  private static Node literalChild(Node node, String segment) {
    return node.literals.computeIfAbsent(segment, _ -> new Node());
  }

  private static Node namedChild(Node node) {
    if (node.named == null) {
      node.named = new Node();
    }
    return node.named;
  }

  private static boolean isNamed(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
