package dev.gatehouse.http;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.http.body.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// One operation: a method, a path template, and what is done there. Immutable.
///
/// A template is literal segments and `{named}` ones, such as `/v1/users/{id}`; a literal segment
/// wins over a named one. A named segment matches any one segment that is not empty. GET routes
/// answer HEAD as well.
///
/// @param name what is done, as `operationId` in `openapi.yaml`
/// @param method in capitals
/// @param template the path, beginning with a slash
/// @param handler gives the answer on a virtual thread
/// @param access who may call
/// @param consumes the body it takes
/// @param maxBody the most bytes of body it takes; the server's own limit when empty
/// @param query the names of the query parameters it knows; others are refused
/// @param immediate tried on the event loop before the handler
public record Route(
    String name,
    String method,
    String template,
    Handler handler,
    Guard access,
    MediaType consumes,
    OptionalInt maxBody,
    Set<String> query,
    Optional<FastPath> immediate) {
  public Route {
    query = Set.copyOf(query);
  }

  /// A route for anybody, without a body.
  public static Route get(String template, Handler handler) {
    return of("GET", template, handler, MediaType.NONE);
  }

  /// A route for anybody, taking JSON.
  public static Route post(String template, Handler handler) {
    return of("POST", template, handler, MediaType.JSON);
  }

  /// A route for anybody, taking JSON.
  public static Route put(String template, Handler handler) {
    return of("PUT", template, handler, MediaType.JSON);
  }

  /// A route for anybody, taking JSON.
  public static Route patch(String template, Handler handler) {
    return of("PATCH", template, handler, MediaType.JSON);
  }

  /// A route for anybody, without a body.
  public static Route delete(String template, Handler handler) {
    return of("DELETE", template, handler, MediaType.NONE);
  }

  private static Route of(String method, String template, Handler handler, MediaType consumes) {
    return new Route(
        method + ' ' + template,
        method,
        template,
        handler,
        Guard.PUBLIC,
        consumes,
        OptionalInt.empty(),
        Set.of(),
        Optional.empty());
  }

  /// Represents requests that find no route, in logs and metrics.
  public static Route other() {
    return of("OTHER", "other", Route::nothing, MediaType.NONE);
  }

  /// Represents `OPTIONS` on a path, in logs and metrics.
  public static Route options(String template) {
    return of("OPTIONS", template, Route::nothing, MediaType.NONE);
  }

  private static Response nothing(Request request) {
    throw Refusal.notFound();
  }

  /// The same route under the name of what is done.
  public Route named(String operation) {
    return new Route(
        operation, method, template, handler, access, consumes, maxBody, query, immediate);
  }

  /// The same route with other callers.
  public Route access(Guard needed) {
    return new Route(name, method, template, handler, needed, consumes, maxBody, query, immediate);
  }

  /// The same route with another body.
  public Route consumes(MediaType taken) {
    return new Route(name, method, template, handler, access, taken, maxBody, query, immediate);
  }

  /// The same route with its own limit of the body, in bytes.
  public Route maxBody(int bytes) {
    return new Route(
        name, method, template, handler, access, consumes, OptionalInt.of(bytes), query, immediate);
  }

  /// The same route with these query parameters, each taken at most once.
  public Route query(String... names) {
    return new Route(
        name,
        method,
        template,
        handler,
        access,
        consumes,
        maxBody,
        Set.copyOf(List.of(names)),
        immediate);
  }

  /// The same route with an answer that may be given at once.
  public Route immediate(FastPath attempt) {
    return new Route(
        name, method, template, handler, access, consumes, maxBody, query, Optional.of(attempt));
  }
}
