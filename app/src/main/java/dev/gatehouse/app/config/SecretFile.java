package dev.gatehouse.app.config;

import dev.gatehouse.telemetry.logging.LogSanitizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A file that holds one secret and nothing else, as container engines and Kubernetes hand them
/// out. Blanks and line ends around the secret do not count, since editors and `echo` add them.
final class SecretFile {
  /// What the file must be.
  static final String EXPECTATION = "a file of UTF-8 text, at most 64 KiB, that is not empty";

  private static final int LARGEST = 64 * 1024;

  private SecretFile() {}

  /// The path in a message, where that is safe: what names no file may be the secret itself.
  static String shown(String path) {
    try {
      boolean there = Files.exists(Path.of(path));
      return there ? ", not \"%s\"".formatted(LogSanitizer.of(path)) : "; there is no such file";
    } catch (InvalidPathException unreadable) {
      return "";
    }
  }

  /// The secret.
  ///
  /// @throws InvalidValue when the file is not [#EXPECTATION]
  static String read(Path file) throws InvalidValue {
    try (var input = Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(LARGEST + 1);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (bytes.length > LARGEST || text.isBlank()) {
        throw new InvalidValue(EXPECTATION);
      }
      return text.strip();
    } catch (IOException unreadable) {
      throw new InvalidValue(EXPECTATION);
    }
  }
}
