package dev.gatehouse.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The home folder of an embedded PostgreSQL that was started once and stopped in order, to be
/// copied by tests that need a server of their own: to unpack its programs and to create a cluster
/// takes seconds of processor time, a copy a tenth of one.
///
/// The first test JVM of a build that needs it makes it for all. It is in the `target` folder of
/// this module, so that `./mvnw clean` takes it away. Thread-safe.
public final class ServerTemplate {
  private static final Path FOLDER =
      Path.of("..", "testkit", "target", "postgres").toAbsolutePath().normalize();
  private static final Path HOME = FOLDER.resolve("home");
  private static final String DATA = "data";
  private static final String PASSWORD = "password";
  private static final String PROGRAMS = "programs";

  private final Consumer<Path> firstStart;

  /// Made by a first start, if there is none yet.
  ///
  /// @param firstStart starts a server in a home folder, with its programs in `programs` there, and
  ///     stops it; copes with a folder in which it was killed
  public ServerTemplate(Consumer<Path> firstStart) {
    this.firstStart = firstStart;
  }

  /// Its programs, unpacked.
  public Path programs() {
    makeIfAbsent();
    return HOME.resolve(PROGRAMS);
  }

  /// Lays a server that no one has used yet into a home folder, unless there is one in it. The
  /// programs are not copied, but linked.
  public void copyTo(Path home) {
    if (Files.exists(home.resolve(DATA))) {
      return;
    }
    makeIfAbsent();
    try {
      Path unfinished = Files.createTempDirectory(Files.createDirectories(home), "copy");
      Files.createSymbolicLink(unfinished.resolve(PROGRAMS), HOME.resolve(PROGRAMS));
      copy(HOME.resolve(PASSWORD), unfinished.resolve(PASSWORD));
      copy(HOME.resolve(DATA), unfinished.resolve(DATA));
      // The data last: where they are, everything is.
      for (String name : List.of(PROGRAMS, PASSWORD, DATA)) {
        Files.move(unfinished.resolve(name), home.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.delete(unfinished);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void makeIfAbsent() {
    synchronized (ServerTemplate.class) {
      if (Files.exists(HOME)) {
        return;
      }
      try {
        makeAloneOfAllJvms();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private void makeAloneOfAllJvms() throws IOException {
    Path lock = Files.createDirectories(FOLDER).resolve("lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (Files.exists(HOME)) {
        return;
      }
      Path unfinished = FOLDER.resolve("unfinished");
      firstStart.accept(unfinished);
      Files.move(unfinished, HOME, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// A file, or a folder with all it holds.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(
            each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
