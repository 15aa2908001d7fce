package dev.gatehouse.tokens;

import dev.gatehouse.accounts.token.ServerKey;
import dev.gatehouse.errors.Fault;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/// The secret keys of the operator. The first one encrypts, each one decrypts, so that a new key
/// can be added in front during a rotation. Thread-safe; the text form is redacted.
public final class SecretKeys {
  private static final int KEY_BYTES = 32;

  private final List<SecretKey> keys;
  private final SecureRandom random;

  private SecretKeys(List<SecretKey> keys, SecureRandom random) {
    this.keys = List.copyOf(keys);
    this.random = random;
  }

  /// Parses configured keys: 32 bytes in base64 each, separated by commas.
  ///
  /// @throws IllegalArgumentException with a message that does not contain the input
  public static SecretKeys parse(String configured, SecureRandom random) {
    var entries = new LinkedHashSet<>(Arrays.asList(configured.strip().split("\\s*,\\s*", -1)));
    var keys = new ArrayList<SecretKey>();
    for (String entry : entries) {
      keys.add(SecretKey.of(decode(entry, keys.size() + 1)));
    }
    return new SecretKeys(keys, random);
  }

  /// A new key in the form of [#parse].
  public static String generate(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  private static byte[] decode(String entry, int position) {
    byte[] key = bytes(entry);
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "The secret key at position " + position + " is not 32 bytes in base64.");
    }
    return key;
  }

  private static byte[] bytes(String entry) {
    try {
      return Base64.getDecoder().decode(entry);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  /// Encrypts a secret, bound to the name and purpose of its key.
  String seal(String kid, ServerKey.Purpose purpose, byte[] secret) {
    return keys.getFirst().seal(secret, binding(kid, purpose), random);
  }

  /// Decrypts the secret half of a key.
  ///
  /// @throws Fault with a message for the operator, when no secret key here encrypted it or it was
  ///     altered
  byte[] open(ServerKey key) {
    String binding = binding(key.kid(), key.purpose());
    String fingerprint = SecretKey.fingerprintOf(key.sealed());
    return keys.stream()
        .filter(candidate -> candidate.fingerprint().equals(fingerprint))
        .findFirst()
        .map(candidate -> candidate.open(key.sealed(), binding))
        .orElseThrow(() -> new Fault(missing(key, fingerprint)));
  }

  /// Whether the secret half of a key can be decrypted.
  public boolean opens(ServerKey key) {
    try {
      open(key);
      return true;
    } catch (Fault sealedWithAnother) {
      return false;
    }
  }

  /// Whether the key is encrypted under the first secret key.
  boolean sealedByFirst(ServerKey key) {
    return SecretKey.fingerprintOf(key.sealed()).equals(keys.getFirst().fingerprint());
  }

  private String missing(ServerKey key, String fingerprint) {
    String known = keys.stream().map(SecretKey::fingerprint).collect(Collectors.joining(", "));
    return """
    The server key %s is sealed with a secret key that is not configured (fingerprint %s, configured: \
    %s). Add the secret key it was sealed with to the end of GATEHOUSE_SECRET_KEY, after a comma."""
        .formatted(key.kid(), fingerprint, known);
  }

  private static String binding(String kid, ServerKey.Purpose purpose) {
    return purpose + ":" + kid;
  }

  @Override
  public String toString() {
    return "SecretKeys[redacted]";
  }
}
