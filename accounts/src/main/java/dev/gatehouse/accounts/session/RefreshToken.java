package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/// The secret with which a client continues a session. It contains the id of the session, the
/// primary key of the look-up, and its generation, which distinguishes the current token from one
/// already exchanged. Its tag requires the server's key ([RefreshTokenChain]) and proves that the
/// token was issued, however old it is. The text form is redacted; [#encoded()] is for the client
/// alone.
public final class RefreshToken {
  private static final String PREFIX = "ghr_";
  private static final int SECRET_BYTES = 32;
  private static final int TAG_BYTES = 16;
  private static final int BYTES = 16 + 4 + SECRET_BYTES + TAG_BYTES;

  private final SessionId session;
  private final int generation;
  private final byte[] secret;
  private final byte[] tag;

  /// A token of known parts.
  ///
  /// @param generation 0 for the session's first token, one more for each successor
  /// @param secret 32 bytes
  /// @param tag 16 bytes that bind the others together
  public RefreshToken(SessionId session, int generation, byte[] secret, byte[] tag) {
    if (secret.length != SECRET_BYTES || tag.length != TAG_BYTES || generation < 0) {
      throw new IllegalArgumentException("a refresh token has a generation, 32 and 16 bytes");
    }
    this.session = session;
    this.generation = generation;
    this.secret = secret.clone();
    this.tag = tag.clone();
  }

  /// Reads what a client sent; empty when it cannot be a token of ours.
  public static Optional<RefreshToken> parse(String text) {
    if (text.length() != PREFIX.length() + (BYTES * 4 + 2) / 3 || !text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
      var session = new SessionId(new UUID(bytes.getLong(), bytes.getLong()));
      int generation = bytes.getInt();
      byte[] secret = new byte[SECRET_BYTES];
      byte[] tag = new byte[TAG_BYTES];
      bytes.get(secret).get(tag);
      var token = new RefreshToken(session, generation, secret, tag);
      return token.encoded().equals(text) ? Optional.of(token) : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// The form the client gets and sends back.
  public String encoded() {
    var bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(session.value().getMostSignificantBits());
    bytes.putLong(session.value().getLeastSignificantBits());
    bytes.putInt(generation).put(secret).put(tag);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// The session it belongs to.
  public SessionId session() {
    return session;
  }

  /// How many tokens the session had before this one.
  public int generation() {
    return generation;
  }

  /// What is stored of it: SHA-256 over the secret. Enough for 256 random bits, which no one
  /// guesses.
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /// The secret bytes, for deriving the successor.
  public byte[] secret() {
    return secret.clone();
  }

  /// What binds session, generation and secret together.
  public byte[] tag() {
    return tag.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RefreshToken that
        && session.equals(that.session)
        && generation == that.generation
        && MessageDigest.isEqual(secret, that.secret)
        && MessageDigest.isEqual(tag, that.tag);
  }

  @Override
  public int hashCode() {
    return 31 * session.hashCode() + Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "RefreshToken[redacted]";
  }
}
