package dev.gatehouse.hashing.argon2;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An Argon2 hash as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$salt$tag`, with salt and tag in
/// Base64 without padding. Also accepts parameters in any order and padded Base64, as other
/// libraries write them; all other values must be canonical. A missing version is 16, as in the
/// reference implementation.
///
/// The arrays are shared, not copied; callers must not modify them.
public final class PhcArgon2 {
  private static final int MAX_CHARACTERS = 256;
  private static final Pattern FORM =
      Pattern.compile(
          "\\$(argon2id|argon2i|argon2d)(?:\\$v=(16|19))?"
              + "\\$"
              + PhcParameters.SHAPE
              + "\\$([A-Za-z0-9+/]{11,86}={0,2})\\$([A-Za-z0-9+/]{16,86}={0,2})");
  private static final Set<String> NAMES = Set.of("m", "t", "p");

  private final Argon2.Function function;
  private final byte[] salt;
  private final byte[] tag;

  /// A hash of given parts.
  public PhcArgon2(Argon2.Function function, byte[] salt, byte[] tag) {
    this.function = function;
    this.salt = salt;
    this.tag = tag;
  }

  /// Parses a PHC string; empty when it is not an Argon2 hash, or a value is out of range.
  public static Optional<PhcArgon2> parse(String text) {
    if (text.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<HashParameters> parameters =
        PhcParameters.read(parts.group(3), NAMES).flatMap(PhcArgon2::cost);
    Optional<byte[]> salt = CanonicalBase64.decodePadded(parts.group(4));
    Optional<byte[]> tag = CanonicalBase64.decodePadded(parts.group(5));
    if (parameters.isEmpty() || salt.isEmpty() || tag.isEmpty()) {
      return Optional.empty();
    }
    var function = new Argon2.Function(variant(parts.group(1)), version(parts), parameters.get());
    return Optional.of(new PhcArgon2(function, salt.get(), tag.get()));
  }

  /// The PHC string, always with its version.
  public String encoded() {
    var cost = function.parameters();
    return "$%s$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            function.variant().label(),
            function.version(),
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            CanonicalBase64.encode(salt),
            CanonicalBase64.encode(tag));
  }

  public Argon2.Function function() {
    return function;
  }

  public byte[] salt() {
    return salt;
  }

  public byte[] tag() {
    return tag;
  }

  private static Optional<HashParameters> cost(PhcParameters values) {
    int memory = values.get("m");
    int iterations = values.get("t");
    int parallelism = values.get("p");
    return HashParameters.inRange(memory, iterations, parallelism)
        ? Optional.of(new HashParameters(memory, iterations, parallelism))
        : Optional.empty();
  }

  private static Argon2.Variant variant(String label) {
    return switch (label) {
      case "argon2id" -> Argon2.Variant.ID;
      case "argon2i" -> Argon2.Variant.I;
      default -> Argon2.Variant.D;
    };
  }

  private static int version(Matcher parts) {
    return "19".equals(parts.group(2)) ? Argon2.VERSION_19 : Argon2.VERSION_16;
  }
}
