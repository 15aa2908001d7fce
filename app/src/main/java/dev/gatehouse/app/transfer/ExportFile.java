package dev.gatehouse.app.transfer;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.errors.InvalidFields;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A file to export to, readable by its owner alone. For one thread.
public final class ExportFile implements UserSink {
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rw-------");
  private static final int BUFFER = 64 * 1_024;

  private final FileChannel channel;
  private final OutputStream out;
  private final Optional<UserId> last;

  private ExportFile(FileChannel channel, Optional<UserId> last) {
    this.channel = channel;
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    this.last = last;
  }

  /// Makes the file.
  ///
  /// @throws FileAlreadyExistsException when it is there
  public static ExportFile create(Path path) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var channel = FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(PRIVATE));
    return new ExportFile(channel, Optional.empty());
  }

  /// Goes on with a file, after its last whole line.
  ///
  /// @throws InvalidFields when it was not written by the same export
  public static ExportFile resume(Path path, RecordFormat format, boolean withHashes)
      throws IOException {
    var channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      var written = WrittenLines.of(channel);
      Optional<UserId> last = last(written, format, withHashes);
      Files.setPosixFilePermissions(path, PRIVATE);
      channel.truncate(written.end());
      channel.position(written.end());
      return new ExportFile(channel, last);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  @Override
  public boolean begun() throws IOException {
    return channel.position() > 0;
  }

  @Override
  public Optional<UserId> last() {
    return last;
  }

  @Override
  public void write(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void finish() throws IOException {
    out.flush();
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static Optional<UserId> last(
      WrittenLines written, RecordFormat format, boolean withHashes) {
    String header = RecordFormats.writer(format, withHashes).header().strip();
    if (written.end() == 0) {
      requireBeginning(written.piece(), header.isEmpty() ? JsonRecords.BEGINNING : header);
      return Optional.empty();
    }
    if (!header.isEmpty() && !written.first().equals(header)) {
      throw another();
    }
    if (written.last().equals(header)) {
      return Optional.empty();
    }
    UserRecord record = RecordFormats.reader(format, header).read(written.last());
    if (record.passwordHash().isPresent() != withHashes) {
      throw another();
    }
    return Optional.of(new UserId(UUID.fromString(record.id().orElseThrow(ExportFile::another))));
  }

  /// Nothing that someone else wrote is to be written over.
  private static void requireBeginning(String piece, String beginning) {
    if (!piece.startsWith(beginning) && !beginning.startsWith(piece)) {
      throw another();
    }
  }

  private static InvalidFields another() {
    return InvalidFields.of(
        "--resume", "invalid", "The file was not begun by this export, with the same options.");
  }
}
