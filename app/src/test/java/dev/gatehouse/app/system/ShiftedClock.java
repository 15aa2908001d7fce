package dev.gatehouse.app.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A wall clock that a test moves under a running program, and another under the PostgreSQL that
/// the program starts. Needs `gcc`.
final class ShiftedClock {
  private final Path library;
  private final Path java;
  private final Path postgres;

  private ShiftedClock(Path library, Path java, Path postgres) {
    this.library = library;
    this.java = java;
    this.postgres = postgres;
  }

  /// Whether the compiler is there that makes the library.
  static boolean available() {
    try {
      return run(List.of("gcc", "--version")) == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /// Two clocks that are right so far.
  static ShiftedClock in(Path folder) throws IOException {
    Path source = folder.resolve("shift.c");
    Path library = folder.resolve("shift.so").toAbsolutePath();
    try (var resource =
        Objects.requireNonNull(ShiftedClock.class.getResourceAsStream("/clock/shift.c"))) {
      Files.copy(resource, source, StandardCopyOption.REPLACE_EXISTING);
    }
    int exit =
        run(
            List.of(
                "gcc",
                "-O2",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl"));
    if (exit != 0) {
      throw new IOException("gcc fails with " + exit);
    }
    var clock =
        new ShiftedClock(
            library,
            folder.resolve("java.shift").toAbsolutePath(),
            folder.resolve("postgres.shift").toAbsolutePath());
    clock.shift(Duration.ZERO);
    clock.shiftDatabase(Duration.ZERO);
    return clock;
  }

  /// What a program's environment must hold to go by these clocks.
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "CLOCK_SHIFT_JAVA", java.toString(),
        "CLOCK_SHIFT_POSTGRES", postgres.toString());
  }

  /// Moves the program's clock to this far ahead of the right time.
  void shift(Duration ahead) {
    write(java, ahead);
  }

  /// Moves the clock of its PostgreSQL.
  void shiftDatabase(Duration ahead) {
    write(postgres, ahead);
  }

  /// In place: the programs have the file mapped.
  private static void write(Path file, Duration ahead) {
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(ahead.toSeconds()).flip();
    try (var channel =
        Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static int run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("still running after a minute: " + command);
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }
}
