package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The ports of one JVM among all that run tests on this machine, claimed by a lock on a file for
/// as long as that JVM lives.
///
/// @param first the lowest
/// @param size how many there are
/// @param claim kept, since a lock no one keeps is given up; empty when every slice was someone's
record PortSlice(int first, int size, Optional<FileLock> claim) {
  private static final int LOWEST = 20_000;
  private static final int SLICES = 30;
  private static final int SIZE = 400;

  /// The first slice that no one has. Without one, all ports, and a line that says so: anyone who
  /// runs so many tests at a time may see two of them meet on a port.
  ///
  /// @param folder where everybody has the files of the locks
  static PortSlice claimed(Path folder) {
    for (int slice = 0; slice < SLICES; slice++) {
      Optional<FileLock> lock = lock(folder.resolve("gatehouse-test-ports-" + slice));
      if (lock.isPresent()) {
        return new PortSlice(LOWEST + slice * SIZE, SIZE, lock);
      }
    }
    System.getLogger(PortSlice.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "No ports of its own for this JVM: no file could be locked in " + folder);
    return new PortSlice(LOWEST, SLICES * SIZE, Optional.empty());
  }

  private static Optional<FileLock> lock(Path file) {
    try {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = lock(channel);
      if (lock.isEmpty()) {
        channel.close();
      }
      return lock;
    } catch (IOException somebodyElses) {
      return Optional.empty();
    }
  }

  private static Optional<FileLock> lock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException ours) {
      return Optional.empty();
    }
  }
}
