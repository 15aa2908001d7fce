package dev.gatehouse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders and small files that belong to us alone.
final class Folders {
  private Folders() {}

  /// Creates a folder no one else may look into; keeps one that exists as it is.
  static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /// Writes a file no one else may read, whole or not at all.
  static void writePrivate(Path file, String content) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var channel =
        java.nio.channels.FileChannel.open(unfinished, java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(java.nio.charset.StandardCharsets.UTF_8.encode(content));
      channel.force(true);
    }
    Files.move(unfinished, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /// Deletes a folder with all it holds, if it is there.
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
