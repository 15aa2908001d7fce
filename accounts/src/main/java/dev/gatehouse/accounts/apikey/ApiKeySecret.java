package dev.gatehouse.accounts.apikey;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// What proves an API key: 256 random bits. Its text form is redacted; [#encoded()] is for anyone
/// who made the key, once.
public final class ApiKeySecret {
  /// How every key begins, so that people and secret scanners know it for what it is.
  public static final String PREFIX = "ghk_";

  /// The random bytes of a secret.
  public static final int BYTES = 32;

  private static final int CHARACTERS = PREFIX.length() + (BYTES * 4 + 2) / 3;

  private final byte[] secret;

  /// A secret of these bytes.
  ///
  /// @param secret 32 bytes from a cryptographically strong source
  public ApiKeySecret(byte[] secret) {
    if (secret.length != BYTES) {
      throw new IllegalArgumentException("an API key has 32 bytes");
    }
    this.secret = secret.clone();
  }

  /// Whether a bearer token claims to be an API key.
  public static boolean isClaimedBy(String token) {
    return token.startsWith(PREFIX);
  }

  /// Reads what a client sent; empty when it cannot be a key of ours.
  public static Optional<ApiKeySecret> parse(String text) {
    if (text.length() != CHARACTERS || !isClaimedBy(text)) {
      return Optional.empty();
    }
    try {
      var secret = new ApiKeySecret(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
      return secret.encoded().equals(text) ? Optional.of(secret) : Optional.empty();
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  /// The form the client sends.
  public String encoded() {
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  /// What is stored of it: SHA-256. Enough for 256 random bits, which no one guesses.
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApiKeySecret that && MessageDigest.isEqual(secret, that.secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(secret);
  }

  @Override
  public String toString() {
    return "ApiKeySecret[redacted]";
  }
}
