package dev.gatehouse.client;

import dev.gatehouse.resilience.upstream.Idempotency;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/// A request to whichever instance takes it. Immutable.
///
/// @param method in capitals
/// @param target path and query, beginning with a slash
/// @param headers by name
/// @param body possibly empty
public record ServiceRequest(
    String method, String target, Map<String, String> headers, String body) {
  /// @throws IllegalArgumentException when the target is no path, or has characters a URL has not
  public ServiceRequest {
    if (!target.startsWith("/")) {
      throw new IllegalArgumentException("a target begins with a slash: " + target);
    }
    var _ = URI.create("http://host" + target);
    headers = Map.copyOf(headers);
  }

  /// Without headers and body.
  public static ServiceRequest of(String method, String target) {
    return new ServiceRequest(method, target, Map.of(), "");
  }

  /// Reads.
  public static ServiceRequest get(String target) {
    return of("GET", target);
  }

  /// The same with one more header.
  public ServiceRequest header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ServiceRequest(method, target, more, body);
  }

  /// The same with a body.
  public ServiceRequest body(String contentType, String content) {
    return new ServiceRequest(method, target, headers, content).header("Content-Type", contentType);
  }

  /// The same on behalf of anyone who this token or key represents.
  public ServiceRequest bearing(String token) {
    return header("Authorization", "Bearer " + token);
  }

  /// The same under a key that makes it safe to be sent twice.
  public ServiceRequest idempotencyKey(String key) {
    return header("Idempotency-Key", key);
  }

  Idempotency repeatable() {
    return Idempotency.of(
        method, headers.keySet().stream().anyMatch(Idempotency.KEY::equalsIgnoreCase));
  }
}
