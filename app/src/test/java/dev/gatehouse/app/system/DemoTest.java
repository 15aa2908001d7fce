package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Main;
import dev.gatehouse.app.demo.DemoCluster;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.system.cluster.Node;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo cluster works and leaves nothing behind.
class DemoTest {
  private static final Pattern GATEWAY = Pattern.compile("Gateway +(http://\\S+)");
  private static final Pattern PROCESS = Pattern.compile("process (\\d+)");

  @Test
  void startsAClusterByAFixedListWithoutConsul(@TempDir Path home) {
    var lifecycle = new Lifecycle(System::nanoTime);
    List<Long> children = new ArrayList<>();
    try {
      String text = new DemoCluster(lifecycle, cheap(home), new SecureRandom()).start();

      assertThat(text).contains("a fixed list: Consul is not on this machine");
      PROCESS.matcher(text).results().forEach(it -> children.add(Long.valueOf(it.group(1))));
      assertThat(children).hasSizeGreaterThanOrEqualTo(3);
      var client = new ApiClient(URI.create(found(GATEWAY, text).orElseThrow()));
      for (int each = 0; each < 3; each++) {
        String email = "demo%d@example.org".formatted(each);
        assertThat(client.register(email, "correct horse battery").status()).isEqualTo(201);
      }
    } finally {
      assertThat(lifecycle.close(Duration.ofMinutes(1))).isTrue();
    }
    assertThat(children).noneMatch(child -> ProcessHandle.of(child).isPresent());
  }

  /// Starts fast, and its hashes cost little.
  private static DemoCluster.Launch cheap(Path home) {
    List<String> program = new ArrayList<>(List.of("env"));
    TestSettings.patient().forEach((name, value) -> program.add(name + "=" + value));
    program.add(Script.java());
    program.addAll(Node.Manner.BRIEF.options());
    program.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    program.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    return new DemoCluster.Launch(program, "", home);
  }

  @Test
  @Tag("evidence")
  void startsAWorkingClusterAndLeavesNothingBehind(@TempDir Path folder) throws Exception {
    var builder =
        new ProcessBuilder(
            Script.java(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + folder,
            "-Dgatehouse.home=" + Path.of("..").toAbsolutePath().normalize(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "demo");
    builder.environment().keySet().removeIf(name -> name.startsWith("GATEHOUSE_"));
    Process demo = builder.redirectErrorStream(true).start();
    List<Long> children = new ArrayList<>();
    try (BufferedReader lines = demo.inputReader(UTF_8)) {
      String gateway = "";
      for (String line = next(lines);
          !line.contains("Ctrl-C stops everything");
          line = next(lines)) {
        gateway = found(GATEWAY, line).orElse(gateway);
        found(PROCESS, line).map(Long::valueOf).ifPresent(children::add);
      }
      var client = new ApiClient(URI.create(gateway));
      assertThat(client.register("demo@example.org", "correct horse battery").status())
          .isEqualTo(201);
      assertThat(children).hasSize(3);

      demo.destroy();
      assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      demo.destroyForcibly();
    }
    assertThat(demo.exitValue()).isZero();
    assertThat(children).noneMatch(child -> ProcessHandle.of(child).isPresent());
    try (var left = Files.list(folder)) {
      assertThat(left)
          .noneMatch(path -> path.getFileName().toString().startsWith("gatehouse-demo"));
    }
  }

  private static String next(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new AssertionError("the demo ended before it was ready");
    }
    return line;
  }

  private static Optional<String> found(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
