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

/// The home folder of an embedded PostgreSQL that was started and stopped once. Tests that need a
/// separate server copy it: unpacking the programs and creating a cluster takes seconds of
/// processor time, a copy a tenth of a second.
///
/// The first test JVM that needs it creates it for all, in the `target` folder of this module, so
/// that `./mvnw clean` removes it. Thread-safe.
public final class ServerTemplate {
  private static final Path FOLDER =
      Path.of("..", "testkit", "target", "postgres").toAbsolutePath().normalize();
  private static final Path HOME = FOLDER.resolve("home");
  private static final String DATA = "data";
  private static final String PASSWORD = "password";
  private static final String PROGRAMS = "programs";

  private final Consumer<Path> firstStart;

  /// Creates the template by a first start, if there is none.
  ///
  /// @param firstStart starts and stops a server in a home folder, with its programs in `programs`;
  ///     must accept a folder in which it was killed
  public ServerTemplate(Consumer<Path> firstStart) {
    this.firstStart = firstStart;
  }

  /// The unpacked programs.
  public Path programs() {
    makeIfAbsent();
    return HOME.resolve(PROGRAMS);
  }

  /// Copies an unused server into a home folder, unless it contains one. The programs are linked,
  /// not copied.
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
      // The data last: their presence shows that the copy is complete.
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

  /// Copies a file or a folder with its content.
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(
            each, to.resolve(from.relativize(each).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
