package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;

/// What the discovery document (OpenID Connect Discovery 1.0, RFC 8414) truthfully says of a
/// service that has its own sign-in calls and no OAuth grants: who issues, where the keys are,
/// where resource servers ask about a token, how these prove who they are (an API key is the
/// secret), and that neither grants nor response types are supported. Enough for a resource server
/// to configure itself.
public final class ProviderMetadata {
  /// Where the key set is, below the issuer.
  public static final String KEYS_PATH = "/.well-known/jwks.json";

  private static final String INTROSPECTION_PATH = "/v1/tokens/introspect";

  private final byte[] body;

  ProviderMetadata(String issuer) {
    var document = new LinkedHashMap<String, Object>();
    document.put("issuer", issuer);
    document.put("jwks_uri", issuer + KEYS_PATH);
    document.put("introspection_endpoint", issuer + INTROSPECTION_PATH);
    document.put(
        "introspection_endpoint_auth_methods_supported",
        List.of("client_secret_basic", "client_secret_post", "Bearer"));
    document.put("response_types_supported", List.of());
    document.put("grant_types_supported", List.of());
    document.put("subject_types_supported", List.of("public"));
    this.body = JSONObjectUtils.toJSONString(document).getBytes(US_ASCII);
  }

  /// The JSON document, ASCII; a copy.
  public byte[] body() {
    return body.clone();
  }
}
