package dev.gatehouse.hashing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/// scrypt (RFC 7914) as passlib's `$scrypt$ln=14,r=8,p=1$salt$hash`, Spring's
/// `$e0801$salt$hash`, whose first part holds log2 N, r and p in hexadecimal, and Django's
/// `scrypt$16384$salt$8$1$hash`, whose salt is text. Reads what needs no more than 128 MiB and the time
/// of filling them once.
record ScryptFormat() implements StoredFormat {
  /// N times r times p; a block is 128 bytes.
  private static final long MAX_BLOCKS = 1_024 * 1_024;

  private static final String BASE64 = "([A-Za-z0-9+/]{11,96}={0,2})";
  private static final Pattern PHC =
      Pattern.compile(
          "\\$scrypt\\$ln=([1-9][0-9]?),r=([1-9][0-9]?),p=([1-9][0-9]?)\\$"
              + BASE64
              + "\\$"
              + BASE64);
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
    return parts.matches() ? ofGroups(parts, 10) : Optional.empty();
  }

  private static Optional<Stored> readSpring(String encoded) {
    var parts = SPRING.matcher(encoded);
    return parts.matches() ? ofGroups(parts, 16) : Optional.empty();
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

  private static Optional<Stored> ofGroups(Matcher parts, int radix) {
    int log2 = Integer.parseInt(parts.group(1), radix);
    if (log2 > 20) {
      return Optional.empty();
    }
    return CanonicalBase64.decodePadded(parts.group(4))
        .flatMap(
            salt ->
                stored(
                    1 << log2,
                    Integer.parseInt(parts.group(2), radix),
                    Integer.parseInt(parts.group(3), radix),
                    salt,
                    parts.group(5)));
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
