package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.gatehouse.errors.Fault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/// An encoded JSON Web Key Set (RFC 7517). Immutable.
public final class KeySet {
  private final byte[] body;
  private final String version;

  KeySet(List<SigningKey> keys) {
    List<JWK> published = keys.stream().<JWK>map(SigningKey::published).toList();
    this.body = new JWKSet(published).toString(true).getBytes(US_ASCII);
    this.version = digest(body);
  }

  /// The JSON document, ASCII; a copy.
  public byte[] body() {
    return body.clone();
  }

  /// The value of an `ETag` without quotes; changes with the body.
  public String version() {
    return version;
  }

  private static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).substring(0, 22);
    } catch (NoSuchAlgorithmException impossible) {
      throw new Fault("SHA-256 is not available", impossible);
    }
  }
}
