package dev.gatehouse.postgres.embedded;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// Reads a tar archive in the ustar format (POSIX.1-1988): folders, files and symbolic links, the
/// kinds our own archives have. Anything else is an error.
final class TarArchive {
  private static final int BLOCK = 512;
  private static final int NAME = 0;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int TYPE = 156;
  private static final int LINK = 157;
  private static final int PREFIX = 345;
  private static final int OWNER_MAY_EXECUTE = 0100;

  private final InputStream in;

  TarArchive(InputStream in) {
    this.in = in;
  }

  /// Unpacks everything.
  ///
  /// @return size and name of each regular file
  List<String> unpackInto(Path folder) throws IOException {
    List<String> files = new ArrayList<>();
    for (byte[] header = block(); header[NAME] != 0; header = block()) {
      String name = name(header);
      Path target = inside(folder, name);
      switch (header[TYPE]) {
        case '5' -> Files.createDirectories(target);
        case '2' -> link(folder, target, text(header, LINK, 100));
        case '0', 0 -> {
          long size = octal(header, SIZE, 12);
          file(target, size, (octal(header, MODE, 8) & OWNER_MAY_EXECUTE) != 0);
          files.add(size + " " + name);
        }
        default -> throw new IOException("unknown kind of tar entry: " + name);
      }
    }
    return files;
  }

  private void file(Path target, long size, boolean executable) throws IOException {
    Files.createDirectories(target.getParent());
    try (var out = Files.newOutputStream(target)) {
      byte[] buffer = new byte[64 * 1024];
      for (long left = size; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("the archive ends within " + target.getFileName());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
    in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    if (executable) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static void link(Path folder, Path target, String to) throws IOException {
    Files.createDirectories(target.getParent());
    inside(folder, folder.relativize(target).resolveSibling(to).toString());
    Files.createSymbolicLink(target, Path.of(to));
  }

  private static Path inside(Path folder, String name) throws IOException {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("a tar entry leads outside: " + name);
    }
    return target;
  }

  private byte[] block() throws IOException {
    byte[] block = in.readNBytes(BLOCK);
    if (block.length < BLOCK) {
      throw new EOFException("the archive ends too soon");
    }
    return block;
  }

  private static String name(byte[] header) {
    String prefix = text(header, PREFIX, 155);
    String name = text(header, NAME, 100);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static long octal(byte[] header, int from, int length) {
    return Long.parseLong(text(header, from, length).strip(), 8);
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }
}
