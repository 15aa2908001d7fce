package dev.gatehouse.http;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.body.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One operation: a method, a path template, what is done there, and every rule that applies to it.
/// Immutable: each method that changes a rule returns a changed copy.
///
/// A template consists of literal segments and `{named}` ones, such as `/v1/users/{id}`; a literal
/// segment wins over a named one. A named segment matches any one segment that is not empty. GET
/// routes respond to HEAD as well.
public final class Route {
  private final String method;
  private final String template;
  private final Handler handler;
  private String name;
  private @Nullable Guard access;
  private MediaType consumes;
  private OptionalInt maxBody = OptionalInt.empty();
  private Set<String> query = Set.of();
  private Optional<FastPath> immediate = Optional.empty();
  private List<RouteLimit> limits = List.of(RouteLimit.ADDRESS);
  private boolean quiet;
  private ErrorRenderer errors = ErrorRenderer.PROBLEM;
  private OutcomeListener outcomes = OutcomeListener.NONE;

  private Route(String method, String template, Handler handler, MediaType consumes) {
    this.method = method;
    this.template = template;
    this.handler = handler;
    this.name = method + ' ' + template;
    this.consumes = consumes;
  }

  private Route(Route other) {
    this.method = other.method;
    this.template = other.template;
    this.handler = other.handler;
    this.name = other.name;
    this.access = other.access;
    this.consumes = other.consumes;
    this.maxBody = other.maxBody;
    this.query = other.query;
    this.immediate = other.immediate;
    this.limits = other.limits;
    this.quiet = other.quiet;
    this.errors = other.errors;
    this.outcomes = other.outcomes;
  }

  /// A route without a body.
  public static Route get(String template, Handler handler) {
    return new Route("GET", template, handler, MediaType.NONE);
  }

  /// A route with a body of JSON.
  public static Route post(String template, Handler handler) {
    return new Route("POST", template, handler, MediaType.JSON);
  }

  /// A route with a body of JSON.
  public static Route put(String template, Handler handler) {
    return new Route("PUT", template, handler, MediaType.JSON);
  }

  /// A route with a body of JSON.
  public static Route patch(String template, Handler handler) {
    return new Route("PATCH", template, handler, MediaType.JSON);
  }

  /// A route without a body.
  public static Route delete(String template, Handler handler) {
    return new Route("DELETE", template, handler, MediaType.NONE);
  }

  /// Represents requests that find no route, in logs and metrics.
  public static Route other() {
    return new Route("OTHER", "other", Route::nothing, MediaType.NONE).access(Guard.PUBLIC);
  }

  /// Represents proxied requests with one method, in logs and metrics.
  public static Route proxied(String method) {
    return new Route(method, "relayed", Route::nothing, MediaType.NONE).access(Guard.PUBLIC);
  }

  /// Represents `OPTIONS` on a path, in logs and metrics.
  public static Route options(String template) {
    return new Route("OPTIONS", template, Route::nothing, MediaType.NONE).access(Guard.PUBLIC);
  }

  private static Response nothing(Request request) {
    throw Refusal.notFound();
  }

  /// Sets the name of what is done, as `operationId` in `openapi.yaml`.
  public Route named(String operation) {
    var changed = new Route(this);
    changed.name = operation;
    return changed;
  }

  /// Sets who may call. Every route needs this rule: a server with a route without it does not
  /// start.
  public Route access(Guard guard) {
    var changed = new Route(this);
    changed.access = guard;
    return changed;
  }

  /// Sets the body that the route takes.
  public Route consumes(MediaType taken) {
    var changed = new Route(this);
    changed.consumes = taken;
    return changed;
  }

  /// Sets the largest body, in bytes; without it the limit of the server applies.
  public Route maxBody(int bytes) {
    var changed = new Route(this);
    changed.maxBody = OptionalInt.of(bytes);
    return changed;
  }

  /// Sets the names of the query parameters, each taken at most once; others are rejected.
  public Route query(String... names) {
    var changed = new Route(this);
    changed.query = Set.copyOf(List.of(names));
    return changed;
  }

  /// Sets what is tried on the event loop before the handler.
  public Route immediate(FastPath attempt) {
    var changed = new Route(this);
    changed.immediate = Optional.of(attempt);
    return changed;
  }

  /// Adds rate limits to the one by address that applies to every route.
  public Route limits(RouteLimit... more) {
    var changed = new Route(this);
    changed.limits = Stream.concat(limits.stream(), Stream.of(more)).toList();
    return changed;
  }

  /// Removes all rate limits, for routes that one address calls on behalf of all.
  public Route unlimited() {
    var changed = new Route(this);
    changed.limits = List.of();
    return changed;
  }

  /// Keeps responses with status 200 out of the access log, for routes that are called several
  /// times a second to find out whether all is well.
  public Route quiet() {
    var changed = new Route(this);
    changed.quiet = true;
    return changed;
  }

  /// Sets the form of error responses.
  public Route errors(ErrorRenderer renderer) {
    var changed = new Route(this);
    changed.errors = renderer;
    return changed;
  }

  /// Sets the listener for requests whose outcome no use case reports.
  public Route outcomes(OutcomeListener listener) {
    var changed = new Route(this);
    changed.outcomes = listener;
    return changed;
  }

  /// What is done, as `operationId` in `openapi.yaml`.
  public String name() {
    return name;
  }

  /// The method, in capitals.
  public String method() {
    return method;
  }

  /// The path, beginning with a slash.
  public String template() {
    return template;
  }

  /// Produces the response on a virtual thread.
  public Handler handler() {
    return handler;
  }

  /// Who may call.
  ///
  /// @throws IllegalStateException when the route does not say
  public Guard access() {
    if (access == null) {
      throw new IllegalStateException("no access rule for " + method + ' ' + template);
    }
    return access;
  }

  /// The body that the route takes.
  public MediaType consumes() {
    return consumes;
  }

  /// The largest body in bytes; the limit of the server when empty.
  public OptionalInt maxBody() {
    return maxBody;
  }

  /// The names of the query parameters that the route knows.
  public Set<String> query() {
    return query;
  }

  /// What is tried on the event loop before the handler.
  public Optional<FastPath> immediate() {
    return immediate;
  }

  /// The rate limits, in the order in which they are checked.
  public List<RouteLimit> limits() {
    return limits;
  }

  /// Whether responses with status 200 stay out of the access log.
  public boolean isQuiet() {
    return quiet;
  }

  /// The form of error responses.
  public ErrorRenderer errors() {
    return errors;
  }

  /// The listener for requests whose outcome no use case reports.
  public OutcomeListener outcomes() {
    return outcomes;
  }
}
