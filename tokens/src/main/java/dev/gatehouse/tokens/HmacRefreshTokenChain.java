package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.accounts.error.Fault;
import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.model.RefreshToken;
import dev.gatehouse.accounts.model.RefreshTokenChain;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The successor's secret is HMAC-SHA256 (RFC 2104), under a server key, over a label, the session, the
/// parent's generation and the parent's secret: 256 bits that neither the parent's holder nor a
/// reader of the database can compute. Each field has a fixed length, so no two inputs run together.
final class HmacRefreshTokenChain implements RefreshTokenChain {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] LABEL = "gatehouse refresh successor 1".getBytes(US_ASCII);
  private static final int FIELD_BYTES = 16 + Integer.BYTES;

  private final SecretKeySpec key;

  HmacRefreshTokenChain(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  @Override
  public RefreshToken successor(RefreshToken parent) {
    if (parent.generation() == Integer.MAX_VALUE) {
      throw Refusal.invalidToken();
    }
    return new RefreshToken(parent.session(), parent.generation() + 1, derive(parent));
  }

  private byte[] derive(RefreshToken parent) {
    UUID session = parent.session().value();
    var fields = ByteBuffer.allocate(FIELD_BYTES);
    fields.putLong(session.getMostSignificantBits()).putLong(session.getLeastSignificantBits());
    fields.putInt(parent.generation());
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(LABEL);
      mac.update(fields.array());
      return mac.doFinal(parent.secret());
    } catch (GeneralSecurityException impossible) {
      throw new Fault("HMAC-SHA256 is not available", impossible);
    }
  }
}
