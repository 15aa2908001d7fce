package dev.gatehouse.accounts.flow;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The secret in the link of a flow: 256 random bits. Its text form is redacted; [#encoded()] is
/// for the mail alone. Immutable.
public final class LinkToken {
  private static final int BYTES = 32;
  private static final int CHARACTERS = 43;

  private final byte[] secret;

  private LinkToken(byte[] secret) {
    this.secret = secret;
  }

  /// A token never given before.
  ///
  /// @param random a cryptographically strong source
  public static LinkToken random(RandomGenerator random) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new LinkToken(secret);
  }

  /// Reads what a link carried; empty when it cannot be a token of ours.
  public static Optional<LinkToken> parse(String text) {
    if (text.length() != CHARACTERS) {
      return Optional.empty();
    }
    try {
      var token = new LinkToken(Base64.getUrlDecoder().decode(text));
      return token.encoded().equals(text) ? Optional.of(token) : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// The form in the link: 43 characters of base64url (RFC 4648, 5).
  public String encoded() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /// What is stored of it: SHA-256. Enough for 256 random bits, which no one guesses.
  public SecretHash hash() {
    try {
      return new SecretHash(MessageDigest.getInstance("SHA-256").digest(secret));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinkToken that && MessageDigest.isEqual(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "LinkToken[redacted]";
  }
}
