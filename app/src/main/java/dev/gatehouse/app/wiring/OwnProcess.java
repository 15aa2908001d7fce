package dev.gatehouse.app.wiring;

import dev.gatehouse.app.demo.DemoCluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How this very program can be started once more.
final class OwnProcess {
  /// Where the launcher says that native libraries lie as files.
  private static final List<String> HANDED_ON = List.of("gatehouse.native", "java.library.path");

  /// A name, since the class that begins the program knows this package.
  private static final String MAIN_CLASS = "dev.gatehouse.app.Main";

  private OwnProcess() {}

  /// The same JVM, the same classes.
  static DemoCluster.Launch launch() {
    List<String> program = new ArrayList<>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(
        List.of(
            "-XX:+UseCompactObjectHeaders",
            "-XX:MaxRAMPercentage=10",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    HANDED_ON.forEach(
        name ->
            Optional.ofNullable(System.getProperty(name))
                .ifPresent(value -> program.add("-D" + name + "=" + value)));
    program.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
    String searchPath = System.getenv().getOrDefault("PATH", "");
    return new DemoCluster.Launch(
        program, searchPath, Path.of(System.getProperty("gatehouse.home", "")));
  }
}
