package dev.gatehouse.hashing;

import java.util.Optional;
import java.util.regex.Pattern;

/// Argon2 hashes of other systems: a PHC string after Spring's prefix `{argon2}` or Django's
/// `argon2`. The prefix is what tells that the password's raw bytes were hashed, where a bare PHC
/// string is our own, of its normal form.
///
/// @param own reads the PHC string
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
