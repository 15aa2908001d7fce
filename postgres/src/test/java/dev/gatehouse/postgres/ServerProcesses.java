package dev.gatehouse.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All processes of an embedded server, to be stopped where they stand and resumed. Resumed when
/// closed.
public final class ServerProcesses implements AutoCloseable {
  private final ProcessHandle postmaster;
  private final List<ProcessHandle> stopped = new ArrayList<>();

  private ServerProcesses(ProcessHandle postmaster) {
    this.postmaster = postmaster;
  }

  public static ServerProcesses under(Path home) throws IOException {
    String pid = Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst().strip();
    return new ServerProcesses(ProcessHandle.of(Long.parseLong(pid)).orElseThrow());
  }

  /// The first makes no more, so then all others are known.
  public void stop() {
    signal("STOP", List.of(postmaster));
    List<ProcessHandle> children = postmaster.descendants().toList();
    signal("STOP", children);
    stopped.add(postmaster);
    stopped.addAll(children);
  }

  public void resume() {
    signal("CONT", stopped);
    stopped.clear();
  }

  @Override
  public void close() {
    resume();
  }

  private static void signal(String signal, List<ProcessHandle> processes) {
    if (processes.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    try {
      new ProcessBuilder(command).start().waitFor();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
