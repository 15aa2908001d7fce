package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.List;

/// The discovery document (OpenID Connect Discovery 1.0, RFC 8414) of a service with its own
/// sign-in API and without OAuth grants: the issuer, the keys, the introspection endpoint with its
/// authentication (the API key is the secret), and empty lists of grants and response types. A
/// resource server can configure itself from it.
public final class ProviderMetadata {
  /// The path of the key set below the issuer.
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
