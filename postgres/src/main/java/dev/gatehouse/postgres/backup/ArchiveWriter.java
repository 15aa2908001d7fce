package dev.gatehouse.postgres.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a backup: a zip archive with an entry for each table, in the text form of COPY, and a
/// manifest as the last one. Its comment is the SHA-256 of all bytes before it. The file has
/// another name until it is complete, and only its owner may read it from its first byte on. For
/// one thread.
final class ArchiveWriter implements AutoCloseable {
  /// The first entry, which tells a damaged backup from any other file.
  static final String MARK = "GATEHOUSE-BACKUP";

  static final String MANIFEST = "manifest.txt";
  private static final int BUFFER = 64 * 1_024;
  private static final String NOTE =
      "A backup of Gatehouse. `gatehouse restore FILE` reads it. It holds password hashes: keep it private.\n";

  private final Path target;
  private final Path draft;
  private final FileChannel channel;
  private final SealedOutput sealed;
  private final ZipOutputStream zip;

  private ArchiveWriter(Path target, Path draft, FileChannel channel) {
    this.target = target;
    this.draft = draft;
    this.channel = channel;
    this.sealed =
        new SealedOutput(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    this.zip = new ZipOutputStream(sealed, StandardCharsets.UTF_8);
  }

  /// Makes the file, under another name.
  ///
  /// @throws BackupException when there is a file of the target's name
  static ArchiveWriter create(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    requireAbsent(target);
    Path draft =
        target.resolveSibling(".%s.%s.partial".formatted(target.getFileName(), UUID.randomUUID()));
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var writer = new ArchiveWriter(target, draft, FileChannel.open(draft, options, mode));
    try {
      writer.zip.setComment("0".repeat(SealedOutput.SEAL));
      writer.put(MARK, NOTE);
      return writer;
    } catch (IOException | RuntimeException failure) {
      writer.close();
      throw failure;
    }
  }

  static String entry(String table) {
    return "tables/" + table + ".copy";
  }

  /// Begins a table; what is written next is its rows.
  OutputStream begin(String table, CountedRows rows) throws IOException {
    zip.putNextEntry(new ZipEntry(entry(table)));
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        rows.pass(bytes, from, length);
        zip.write(bytes, from, length);
      }
    };
  }

  void end() throws IOException {
    zip.closeEntry();
  }

  /// Writes the manifest and everything through to the disk.
  ///
  /// @return the file under its other name, to be verified
  Path finish(Manifest manifest) throws IOException {
    put(MANIFEST, manifest.text());
    zip.finish();
    sealed.close();
    channel.force(true);
    return draft;
  }

  /// Gives the file its name.
  void publish() throws IOException {
    requireAbsent(target);
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    try (var folder = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /// Removes what was not published.
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }

  private void put(String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static void requireAbsent(Path target) {
    if (Files.exists(target)) {
      throw new BackupException(target + " exists; a backup replaces no file");
    }
  }
}
