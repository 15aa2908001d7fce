package dev.gatehouse.accounts.flow;

import java.security.MessageDigest;
import java.util.Arrays;

/// What is stored of a code or a link: 32 bytes from which the secret cannot be found. Compares in
/// constant time. Immutable.
public final class SecretHash {
  private static final int BYTES = 32;

  private final byte[] hash;

  /// A hash of these bytes.
  ///
  /// @param hash 32 bytes
  public SecretHash(byte[] hash) {
    if (hash.length != BYTES) {
      throw new IllegalArgumentException("the hash of a secret has 32 bytes");
    }
    this.hash = hash.clone();
  }

  /// The bytes, for the store.
  public byte[] bytes() {
    return hash.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretHash that && MessageDigest.isEqual(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  @Override
  public String toString() {
    return "SecretHash[redacted]";
  }
}
