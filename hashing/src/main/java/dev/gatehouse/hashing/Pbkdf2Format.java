package dev.gatehouse.hashing;

import dev.gatehouse.hashing.argon2.CanonicalBase64;
import dev.gatehouse.hashing.argon2.PhcParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// PBKDF2 (RFC 8018) with SHA-256 or SHA-512 as Django's `pbkdf2_sha256$1000000$salt$hash`, whose
/// salt is text, passlib's `$pbkdf2-sha256$29000$salt$hash`, the PHC form
/// `$pbkdf2-sha256$i=29000,l=32$salt$hash`, and Spring's `{pbkdf2@SpringSecurity_v5_8}` with
/// hexadecimal salt and hash. Accepts up to 1,500,000 rounds, about a second.
record Pbkdf2Format() implements StoredFormat {
  private static final long MAX_ROUNDS = 1_500_000;
  private static final int SPRING_SALT_BYTES = 16;
  private static final int SPRING_ROUNDS = 310_000;

  private static final String ROUNDS = "([1-9][0-9]{0,6})";
  private static final Pattern DJANGO =
      Pattern.compile(
          "pbkdf2_sha(256|512)\\$" + ROUNDS + "\\$([^$]{1,64})\\$([A-Za-z0-9+/]{22,88}={0,2})");
  private static final Pattern PASSLIB =
      Pattern.compile(
          "\\$pbkdf2-sha(256|512)\\$"
              + ROUNDS
              + "\\$([A-Za-z0-9./]{11,86})\\$([A-Za-z0-9./]{22,86})");
  private static final Pattern PHC =
      Pattern.compile(
          "\\$pbkdf2-sha(256|512)\\$"
              + PhcParameters.SHAPE
              + "\\$([A-Za-z0-9+/]{11,86}={0,2})\\$([A-Za-z0-9+/]{22,86}={0,2})");
  private static final Pattern SPRING =
      Pattern.compile("\\{pbkdf2@SpringSecurity_v5_8}([0-9a-f]{96})");

  @Override
  public Optional<Stored> read(String encoded) {
    return readDjango(encoded)
        .or(() -> readPasslib(encoded))
        .or(() -> readPhc(encoded))
        .or(() -> readSpring(encoded));
  }

  private static Optional<Stored> readDjango(String encoded) {
    var parts = DJANGO.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    byte[] salt = parts.group(3).getBytes(StandardCharsets.UTF_8);
    int rounds = Integer.parseInt(parts.group(2));
    return CanonicalBase64.decodePadded(parts.group(4))
        .flatMap(expected -> stored(parts.group(1), rounds, salt, expected));
  }

  private static Optional<Stored> readPasslib(String encoded) {
    var parts = PASSLIB.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int rounds = Integer.parseInt(parts.group(2));
    var salt = CanonicalBase64.decode(parts.group(3).replace('.', '+'));
    var hash = CanonicalBase64.decode(parts.group(4).replace('.', '+'));
    if (salt.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    return stored(parts.group(1), rounds, salt.get(), hash.get());
  }

  private static Optional<Stored> readPhc(String encoded) {
    var parts = PHC.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var cost = PhcParameters.read(parts.group(2), Set.of("i"), Set.of("l"));
    var salt = CanonicalBase64.decodePadded(parts.group(3));
    var hash = CanonicalBase64.decodePadded(parts.group(4));
    if (cost.isEmpty() || salt.isEmpty() || hash.isEmpty()) {
      return Optional.empty();
    }
    int length = cost.get().get("l");
    return length == 0 || length == hash.get().length
        ? stored(parts.group(1), cost.get().get("i"), salt.get(), hash.get())
        : Optional.empty();
  }

  private static Optional<Stored> readSpring(String encoded) {
    var parts = SPRING.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    byte[] both = HexFormat.of().parseHex(parts.group(1));
    byte[] salt = Arrays.copyOf(both, SPRING_SALT_BYTES);
    byte[] expected = Arrays.copyOfRange(both, SPRING_SALT_BYTES, both.length);
    return stored("256", SPRING_ROUNDS, salt, expected);
  }

  private static Optional<Stored> stored(String bits, int rounds, byte[] salt, byte[] expected) {
    int digestBytes = Integer.parseInt(bits) / 8;
    int blocks = Math.ceilDiv(expected.length, digestBytes);
    if ((long) rounds * blocks > MAX_ROUNDS) {
      return Optional.empty();
    }
    String algorithm = "PBKDF2WithHmacSHA" + bits;
    return Optional.of(
        new ImportedHash(
            expected, password -> derive(algorithm, rounds, salt, password, expected.length)));
  }

  private static byte[] derive(
      String algorithm, int rounds, byte[] salt, byte[] password, int length) {
    char[] characters = new String(password, StandardCharsets.UTF_8).toCharArray();
    var spec = new PBEKeySpec(characters, salt, rounds, 8 * length);
    try {
      return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      spec.clearPassword();
      Arrays.fill(characters, '\0');
    }
  }
}
