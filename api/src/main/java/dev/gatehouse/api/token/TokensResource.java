package dev.gatehouse.api.token;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.token.IntrospectToken;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.api.Resource;
import dev.gatehouse.api.access.Access;
import dev.gatehouse.api.access.Grant;
import dev.gatehouse.api.body.JsonWriter;
import dev.gatehouse.http.Request;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.body.MediaType;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/// `/v1/tokens/introspect`: whether an access token is good (RFC 7662).
public final class TokensResource implements Resource {
  private static final byte[] INACTIVE =
      JsonWriter.object(json -> json.writeBooleanProperty("active", false));

  private static final Access INTROSPECTORS =
      Access.to(new Grant.ToScope(Scope.INTROSPECT)).orClientCredentials();

  private final IntrospectToken introspectToken;
  private final String issuer;
  private final String audience;

  /// @param issuer what tokens name as `iss`
  /// @param audience what tokens name as `aud`
  public TokensResource(IntrospectToken introspectToken, String issuer, String audience) {
    this.introspectToken = introspectToken;
    this.issuer = issuer;
    this.audience = audience;
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.post("/v1/tokens/introspect", this::introspect)
            .named("introspectToken")
            .access(INTROSPECTORS)
            .consumes(MediaType.FORM));
  }

  private Response introspect(Request request) {
    String token = request.form().required("token");
    byte[] response =
        introspectToken
            .introspect(token)
            .map(claims -> JsonWriter.object(json -> write(json, claims)))
            .orElse(INACTIVE);
    return Response.jsonBytes(200, response);
  }

  /// The standard has one list of what a token allows, `scope`: for us that is its roles.
  private void write(JsonGenerator json, AccessTokens.Claims claims) {
    List<String> roles = claims.roles().stream().map(Role::name).sorted().toList();
    json.writeBooleanProperty("active", true);
    json.writeStringProperty("sub", claims.user().toString());
    json.writeStringProperty("sid", claims.session().toString());
    json.writeStringProperty("scope", roles.stream().collect(Collectors.joining(" ")));
    json.writeArrayPropertyStart("roles");
    roles.forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("exp", claims.expiresAt().getEpochSecond());
    json.writeNumberProperty("iat", claims.issuedAt().getEpochSecond());
    json.writeStringProperty("iss", issuer);
    json.writeStringProperty("aud", audience);
    json.writeStringProperty("client_id", AccessTokens.CLIENT_ID);
    json.writeStringProperty("token_type", "Bearer");
  }
}
