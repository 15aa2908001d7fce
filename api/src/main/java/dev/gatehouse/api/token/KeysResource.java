package dev.gatehouse.api.token;

import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.conditional.Cacheable;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.time.Duration;
import java.util.List;

/// What others need to check our access tokens by themselves: the keys, and where they are.
public final class KeysResource implements Resource {
  private final PublishedKeys keys;
  private final String cacheControl;
  private final Cacheable discovery;

  /// @param maxAge how long a response may be cached; less than a key is published before it signs
  /// @param discovery the discovery document in UTF-8 JSON
  public KeysResource(PublishedKeys keys, Duration maxAge, byte[] discovery) {
    this.keys = keys;
    this.cacheControl = "public, max-age=" + maxAge.toSeconds();
    this.discovery = cacheable(discovery);
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.get("/.well-known/jwks.json", this::jwks)
            .named("readKeys")
            .access(Access.PUBLIC)
            .immediate(this::jwks),
        Route.get("/.well-known/openid-configuration", discovery::respondTo)
            .named("readDiscovery")
            .access(Access.PUBLIC)
            .immediate(discovery::respondTo),
        Route.get("/.well-known/oauth-authorization-server", discovery::respondTo)
            .named("readAuthorizationServer")
            .access(Access.PUBLIC)
            .immediate(discovery::respondTo));
  }

  private Response jwks(Request request) {
    return cacheable(keys.jwks()).respondTo(request);
  }

  private Cacheable cacheable(byte[] json) {
    return Cacheable.of(Response.jsonBytes(200, json), cacheControl);
  }
}
