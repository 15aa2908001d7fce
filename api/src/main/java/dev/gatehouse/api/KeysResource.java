package dev.gatehouse.api;

import dev.gatehouse.api.conditional.Cacheable;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.net.URI;
import java.util.List;

/// What others need to check our access tokens by themselves: the keys, and where they are.
public final class KeysResource {
  private static final String JWKS = "/.well-known/jwks.json";
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  /// Short enough that a key is known everywhere before it is used.
  private static final String CACHE_CONTROL = "public, max-age=60";

  private final PublishedKeys keys;
  private final Cacheable discovery;

  /// @param issuer what the tokens name as `iss`, which is where clients reach this API
  public KeysResource(URI issuer, PublishedKeys keys) {
    this.keys = keys;
    discovery = cacheable(discovery(issuer.toString()));
  }

  public List<Route> routes() {
    return List.of(
        Route.get(JWKS, this::jwks).immediate(this::jwks),
        Route.get(DISCOVERY, this::discovery).immediate(this::discovery));
  }

  private Response jwks(Request request) {
    return cacheable(keys.jwks()).answer(request);
  }

  private Response discovery(Request request) {
    return discovery.answer(request);
  }

  private static Cacheable cacheable(byte[] json) {
    return Cacheable.of(Response.jsonBytes(200, json), CACHE_CONTROL);
  }

  /// OpenID Connect Discovery 1.0, 3, as far as it is true: there are tokens and keys here, but no
  /// authorization endpoint and no ID tokens.
  private static byte[] discovery(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return JsonWriter.object(
        json -> {
          json.writeStringProperty("issuer", issuer);
          json.writeStringProperty("jwks_uri", base + JWKS);
          json.writeStringProperty("service_documentation", base + "/docs");
        });
  }
}
