package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.SignalledProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A running [SignalledProgram], killed when it is closed.
record ServeProcess(Process process, BufferedReader lines) implements AutoCloseable {
  /// Returns when it is ready.
  static ServeProcess start(String manner, Map<String, String> variables) throws IOException {
    var command = new ArrayList<>(listeningToInterrupts());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SignalledProgram.class.getName(),
            manner));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    builder.environment().put("GATEHOUSE_SHUTDOWN_DELAY", "0s");
    builder.environment().putAll(variables);
    Process process = builder.redirectErrorStream(true).start();
    var started = new ServeProcess(process, process.inputReader(StandardCharsets.UTF_8));
    started.waitFor("\"message\":\"Ready\"");
    return started;
  }

  /// A shell lets what it runs in the background ignore SIGINT, and children inherit that.
  private static List<String> listeningToInterrupts() {
    return System.getProperty("os.name").equals("Linux")
        ? List.of("env", "--default-signal=INT")
        : List.of();
  }

  void waitFor(String text) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("the process ended before it said " + text);
  }

  void send(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
  }

  /// The lines up to its end.
  List<String> rest() {
    return lines.lines().toList();
  }

  int status() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
