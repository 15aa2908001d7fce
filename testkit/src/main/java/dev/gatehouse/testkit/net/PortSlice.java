package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The ports of one JVM among those that run tests on this machine, claimed by a file lock for the
/// life of the JVM.
///
/// @param first the lowest port
/// @param size the number of ports
/// @param claim held, since an unreferenced lock is released; empty when no slice was free
record PortSlice(int first, int size, Optional<FileLock> claim) {
  private static final int LOWEST = 20_000;
  private static final int SLICES = 30;
  private static final int SIZE = 400;

  /// Claims the first free slice. When none is free it returns all ports and logs a warning: tests
  /// in several JVMs may then choose the same port.
  ///
  /// @param folder of the lock files that all JVMs share
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
            "Ports are shared with other JVMs: no lock file is free in " + folder);
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
