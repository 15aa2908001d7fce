package dev.gatehouse.hashing;

import java.util.Optional;
import java.util.regex.Pattern;

/// Argon2 hashes of other systems: a PHC string with Spring's prefix `{argon2}` or Django's
/// `argon2`. The prefix shows that the raw bytes of the password were hashed; a plain PHC string is
/// our own, of the normalised password.
///
/// @param own parses the PHC string
record ImportedArgon2Format(Argon2Format own) implements StoredFormat {
  private static final Pattern PREFIX =
      Pattern.compile("(?:\\{argon2(?:@SpringSecurity_v5_8)?}|argon2)(?=\\$argon2)");

  @Override
  public Optional<Stored> read(String encoded) {
    var prefix = PREFIX.matcher(encoded);
    if (!prefix.lookingAt()) {
      return Optional.empty();
    }
    return own.parse(encoded.substring(prefix.end()))
        .map(phc -> new ImportedHash(phc.tag(), password -> own.tag(phc, password)));
  }
}
