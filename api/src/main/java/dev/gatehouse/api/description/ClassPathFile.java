package dev.gatehouse.api.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Files that come with the program.
final class ClassPathFile {
  private ClassPathFile() {}

  /// The content of a file that is known to be there.
  static byte[] read(String path) {
    try (InputStream file = ClassPathFile.class.getResourceAsStream(path)) {
      if (file == null) {
        throw new IllegalStateException("The program is incomplete: it lacks " + path);
      }
      return file.readAllBytes();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
