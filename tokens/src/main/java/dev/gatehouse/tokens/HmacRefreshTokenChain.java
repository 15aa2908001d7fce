package dev.gatehouse.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Refusal;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The secret of a successor is HMAC-SHA256 (RFC 2104) under a server key over a label, the
/// session, the generation and the secret of the parent: 256 bits that neither the holder of the
/// parent nor a reader of the database can compute. The tag is the first half of the same function
/// under another label. All fields have a fixed length, so that different inputs never coincide.
final class HmacRefreshTokenChain implements RefreshTokenChain {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] SUCCESSOR = "gatehouse refresh successor 1".getBytes(US_ASCII);
  private static final byte[] TAG = "gatehouse refresh token tag 1".getBytes(US_ASCII);
  private static final int SECRET_BYTES = 32;
  private static final int TAG_BYTES = 16;
  private static final int FIELD_BYTES = 16 + Integer.BYTES;

  private final SecretKeySpec key;
  private final RandomGenerator random;

  /// @param random cryptographically strong and thread-safe
  HmacRefreshTokenChain(byte[] key, RandomGenerator random) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.random = random;
  }

  @Override
  public RefreshToken first(SessionId session) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return tagged(session, 0, secret);
  }

  @Override
  public RefreshToken successor(RefreshToken parent) {
    if (parent.generation() == Integer.MAX_VALUE) {
      throw Refusal.invalidToken();
    }
    byte[] secret = hmac(SUCCESSOR, parent.session(), parent.generation(), parent.secret());
    return tagged(parent.session(), parent.generation() + 1, secret);
  }

  @Override
  public boolean isGenuine(RefreshToken token) {
    byte[] tag = tag(token.session(), token.generation(), token.secret());
    return MessageDigest.isEqual(tag, token.tag());
  }

  private RefreshToken tagged(SessionId session, int generation, byte[] secret) {
    return new RefreshToken(session, generation, secret, tag(session, generation, secret));
  }

  private byte[] tag(SessionId session, int generation, byte[] secret) {
    return Arrays.copyOf(hmac(TAG, session, generation, secret), TAG_BYTES);
  }

  private byte[] hmac(byte[] label, SessionId session, int generation, byte[] secret) {
    UUID id = session.value();
    var fields = ByteBuffer.allocate(FIELD_BYTES);
    fields.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    fields.putInt(generation);
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(label);
      mac.update(fields.array());
      return mac.doFinal(secret);
    } catch (GeneralSecurityException impossible) {
      throw new Fault("HMAC-SHA256 is not available", impossible);
    }
  }
}
