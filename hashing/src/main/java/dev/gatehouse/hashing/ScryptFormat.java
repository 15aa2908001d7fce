package dev.gatehouse.hashing;

import dev.gatehouse.hashing.argon2.CanonicalBase64;
import dev.gatehouse.hashing.argon2.PhcParameters;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/// scrypt (RFC 7914) as passlib's `$scrypt$ln=14,r=8,p=1$salt$hash`, in any order, Spring's
/// `$e0801$salt$hash`, whose first part contains log2 N, r and p in hexadecimal, and Django's
/// `scrypt$16384$salt$8$1$hash`, whose salt is text. Accepts hashes that need at most 128 MiB and
/// the time to fill them once.
record ScryptFormat() implements StoredFormat {
  /// N times r times p; a block is 128 bytes.
  private static final long MAX_BLOCKS = 1_024 * 1_024;

  /// The largest r and the largest p.
  private static final int MAX_FACTOR = 99;

  private static final Set<String> NAMES = Set.of("ln", "r", "p");
  private static final String BASE64 = "([A-Za-z0-9+/]{11,96}={0,2})";
  private static final Pattern PHC =
      Pattern.compile("\\$scrypt\\$" + PhcParameters.SHAPE + "\\$" + BASE64 + "\\$" + BASE64);
  private static final Pattern SPRING =
      Pattern.compile(
          "(?:\\{scrypt(?:@SpringSecurity_v5_8)?})?\\$([0-9a-f]{1,2})([0-9a-f]{2})([0-9a-f]{2})\\$"
              + BASE64
              + "\\$"
              + BASE64);
  private static final Pattern DJANGO =
      Pattern.compile(
          "scrypt\\$([1-9][0-9]{0,7})\\$([^$]{1,64})\\$([1-9][0-9]?)\\$([1-9][0-9]?)\\$" + BASE64);

  @Override
  public Optional<Stored> read(String encoded) {
    return readPhc(encoded).or(() -> readSpring(encoded)).or(() -> readDjango(encoded));
  }

  private static Optional<Stored> readPhc(String encoded) {
    var parts = PHC.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return PhcParameters.read(parts.group(1), NAMES)
        .filter(cost -> cost.get("r") <= MAX_FACTOR && cost.get("p") <= MAX_FACTOR)
        .flatMap(
            cost ->
                ofParts(
                    cost.get("ln"), cost.get("r"), cost.get("p"), parts.group(2), parts.group(3)));
  }

  private static Optional<Stored> readSpring(String encoded) {
    var parts = SPRING.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return ofParts(
        Integer.parseInt(parts.group(1), 16),
        Integer.parseInt(parts.group(2), 16),
        Integer.parseInt(parts.group(3), 16),
        parts.group(4),
        parts.group(5));
  }

  private static Optional<Stored> readDjango(String encoded) {
    var parts = DJANGO.matcher(encoded);
    if (!parts.matches()) {
      return Optional.empty();
    }
    byte[] salt = parts.group(2).getBytes(StandardCharsets.UTF_8);
    return stored(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(3)),
        Integer.parseInt(parts.group(4)),
        salt,
        parts.group(5));
  }

  private static Optional<Stored> ofParts(int log2, int r, int p, String salt, String hash) {
    if (log2 > 20) {
      return Optional.empty();
    }
    return CanonicalBase64.decodePadded(salt)
        .flatMap(bytes -> stored(1 << log2, r, p, bytes, hash));
  }

  private static Optional<Stored> stored(int n, int r, int p, byte[] salt, String hash) {
    boolean affordable = (long) n * r * p <= MAX_BLOCKS;
    if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || p < 1 || !affordable) {
      return Optional.empty();
    }
    return CanonicalBase64.decodePadded(hash)
        .map(
            expected ->
                new ImportedHash(
                    expected,
                    password -> SCrypt.generate(password, salt, n, r, p, expected.length)));
  }
}
