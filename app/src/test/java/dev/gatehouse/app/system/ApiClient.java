package dev.gatehouse.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A client of the API that keeps to HTTP and JSON. Thread-safe.
public final class ApiClient {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private final URI base;

  /// Of a server at this address.
  public ApiClient(URI base) {
    this.base = base;
  }

  /// A response.
  public record ApiResponse(int status, String body) {
    /// Its body.
    public JsonNode json() {
      return JSON.readTree(body);
    }

    /// A field of its body, empty when there is none.
    public String text(String field) {
      return json().path(field).asString("");
    }
  }

  /// See `openapi.yaml`.
  public ApiResponse register(String email, String password) {
    return send("POST", "/v1/users", Optional.empty(), credentials(email, password));
  }

  /// See `openapi.yaml`.
  public ApiResponse signIn(String email, String password) {
    return send("POST", "/v1/sessions", Optional.empty(), credentials(email, password));
  }

  /// See `openapi.yaml`.
  public ApiResponse refresh(String token) {
    String body = JSON.createObjectNode().put("refresh_token", token).toString();
    return send("POST", "/v1/sessions/refresh", Optional.empty(), body);
  }

  /// See `openapi.yaml`.
  public ApiResponse me(String token) {
    return get("/v1/users/me", Optional.of(token));
  }

  /// See `openapi.yaml`.
  public ApiResponse introspect(String apiKey, String token) {
    var headers =
        Map.of(
            "Authorization",
            "Bearer " + apiKey,
            "Content-Type",
            "application/x-www-form-urlencoded");
    return send("POST", "/v1/tokens/introspect", headers, "token=" + token);
  }

  /// Registers under an idempotency key.
  ApiResponse register(String email, String password, String key) {
    return send("POST", "/v1/users", Map.of("Idempotency-Key", key), credentials(email, password));
  }

  /// See `openapi.yaml`.
  public ApiResponse get(String path, Optional<String> token) {
    return send("GET", path, token, "");
  }

  /// See `openapi.yaml`.
  public ApiResponse send(String method, String path, Optional<String> token, String body) {
    Map<String, String> headers =
        token.map(bearer -> Map.of("Authorization", "Bearer " + bearer)).orElseGet(Map::of);
    return send(method, path, headers, body);
  }

  /// See `openapi.yaml`.
  public ApiResponse send(String method, String path, Map<String, String> headers, String body) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty() && !headers.containsKey("Content-Type")) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::header);
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new ApiResponse(response.statusCode(), response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  private static String credentials(String email, String password) {
    var body = JSON.createObjectNode();
    return body.put("email", email).put("password", password).toString();
  }
}
