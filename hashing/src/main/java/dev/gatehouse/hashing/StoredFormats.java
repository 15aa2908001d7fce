package dev.gatehouse.hashing;

import java.util.List;
import java.util.Optional;

/// All formats of stored hashes.
///
/// @param formats in the order in which they are tried
record StoredFormats(List<StoredFormat> formats) implements StoredFormat {
  static final int MAX_CHARACTERS = 512;

  static StoredFormats all(Argon2Format today) {
    return new StoredFormats(
        List.of(
            today,
            new ImportedArgon2Format(today),
            new BcryptFormat(),
            new ScryptFormat(),
            new Pbkdf2Format()));
  }

  @Override
  public Optional<Stored> read(String encoded) {
    if (encoded.length() > MAX_CHARACTERS) {
      return Optional.empty();
    }
    return formats.stream().flatMap(format -> format.read(encoded).stream()).findFirst();
  }
}
