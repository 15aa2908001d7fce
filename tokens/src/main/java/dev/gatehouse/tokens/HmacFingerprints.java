package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.id.Fingerprints;
import dev.gatehouse.errors.Fault;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 (RFC 2104) under a server key over a label, the purpose and the texts. Each is
/// preceded by its length, so that different inputs never coincide.
final class HmacFingerprints implements Fingerprints {
  private static final String ALGORITHM = "HmacSHA256";

  /// Differs from the labels of other uses of the key.
  private static final byte[] LABEL = "gatehouse fingerprint 1".getBytes(US_ASCII);

  private final SecretKeySpec key;

  HmacFingerprints(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  @Override
  public String of(String purpose, String... texts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(LABEL);
      update(mac, purpose);
      for (String text : texts) {
        update(mac, text);
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
    } catch (GeneralSecurityException impossible) {
      throw new Fault("HMAC-SHA256 is not available", impossible);
    }
  }

  private static void update(Mac mac, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    mac.update(bytes);
  }
}
