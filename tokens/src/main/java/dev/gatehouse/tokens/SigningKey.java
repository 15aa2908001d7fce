package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import dev.gatehouse.errors.Fault;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;

/// A key that signs access tokens. Its name is its thumbprint (RFC 7638), so that no other key can
/// have the name. Immutable; compared by identity.
final class SigningKey {
  private final ECKey published;
  private final PublicKey publicKey;
  private final PrivateKey privateKey;
  private final Instant activeFrom;
  private final String header;

  SigningKey(ECPublicKey publicKey, PrivateKey privateKey, Instant activeFrom) {
    this.published = published(publicKey);
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.activeFrom = activeFrom;
    this.header = header(published.getKeyID());
  }

  static String kid(ECPublicKey publicKey) {
    return published(publicKey).getKeyID();
  }

  private static ECKey published(ECPublicKey publicKey) {
    try {
      return new ECKey.Builder(Curve.P_256, publicKey)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException impossible) {
      throw new Fault("A key has no thumbprint", impossible);
    }
  }

  /// The first segment of every token of a key with this name.
  static String header(String kid) {
    String json = "{\"alg\":\"ES256\",\"typ\":\"at+jwt\",\"kid\":\"" + kid + "\"}";
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(US_ASCII));
  }

  String kid() {
    return published.getKeyID();
  }

  Instant activeFrom() {
    return activeFrom;
  }

  /// The first segment of every token of this key, the only header that it verifies.
  String header() {
    return header;
  }

  /// The public half as a JSON Web Key.
  ECKey published() {
    return published;
  }

  /// @param input the first two segments with the dot between them
  byte[] sign(String input) {
    return Es256.sign(privateKey, input.getBytes(US_ASCII));
  }

  /// Whether the signature over the input is of this key.
  boolean verify(String input, byte[] signature) {
    return Es256.verify(publicKey, input.getBytes(US_ASCII), signature);
  }
}
