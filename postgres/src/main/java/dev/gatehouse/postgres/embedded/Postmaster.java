package dev.gatehouse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The server process of a cluster, as the cluster's `postmaster.pid` tells it: line 1 the process
/// id, line 3 when it started, in seconds since 1970. The file may be stale and its number by now
/// be another program's, which must not be mistaken for ours.
record Postmaster(ProcessHandle process) {
  private static final String FILE = "postmaster.pid";
  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

  /// The server that runs on this cluster, if one does.
  static Optional<Postmaster> of(Path cluster) throws IOException {
    Path file = cluster.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 3) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(Long.parseLong(lines.get(0).strip())).filter(ProcessHandle::isAlive);
    if (process.isEmpty()) {
      return Optional.empty();
    }
    Instant startedAt = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
    return isServerOf(cluster, process.get(), startedAt)
        ? process.map(Postmaster::new)
        : Optional.empty();
  }

  /// Takes away a `postmaster.pid` whose number belongs to a stranger by now: PostgreSQL itself,
  /// seeing some process of that number alive, would refuse to start forever. As long as any
  /// process works in the cluster's folder, a child of a killed server for instance, the file
  /// stays: it is what keeps two servers from writing to the same data.
  static void forgetStranger(Path cluster) throws IOException {
    if (pidIsAlive(cluster) && noneWorksIn(cluster)) {
      Files.delete(cluster.resolve(FILE));
    }
  }

  private static boolean pidIsAlive(Path cluster) throws IOException {
    Path file = cluster.resolve(FILE);
    return Files.exists(file)
        && Files.readAllLines(file).stream()
            .findFirst()
            .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
            .isPresent();
  }

  private static boolean noneWorksIn(Path cluster) throws IOException {
    if (!Files.isDirectory(PROCESSES)) {
      return of(cluster).isEmpty();
    }
    Path folder = cluster.toRealPath();
    return ProcessHandle.allProcesses()
        .map(process -> workingFolder(process.pid()))
        .flatMap(Optional::stream)
        .noneMatch(folder::equals);
  }

  /// Where a process works; empty when it is gone, or not ours to look into.
  private static Optional<Path> workingFolder(long pid) {
    try {
      return Optional.of(
          Files.readSymbolicLink(PROCESSES.resolve(Long.toString(pid)).resolve("cwd")));
    } catch (IOException goneOrForeign) {
      return Optional.empty();
    }
  }

  /// A postmaster works in its cluster's folder, which Linux shows; elsewhere its program and start
  /// must agree with the file.
  private static boolean isServerOf(Path cluster, ProcessHandle process, Instant startedAt)
      throws IOException {
    if (Files.isDirectory(PROCESSES)) {
      return workingFolder(process.pid()).filter(cluster.toRealPath()::equals).isPresent();
    }
    boolean isPostgres =
        process.info().command().filter(command -> command.endsWith("/postgres")).isPresent();
    return isPostgres
        && process
            .info()
            .startInstant()
            .map(start -> Duration.between(startedAt, start).abs())
            .filter(apart -> apart.compareTo(START_TOLERANCE) <= 0)
            .isPresent();
  }
}
