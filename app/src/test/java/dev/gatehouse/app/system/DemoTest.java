package dev.gatehouse.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The cluster to play with: works, and leaves nothing behind.
@Tag("evidence")
class DemoTest {
  private static final Pattern GATEWAY = Pattern.compile("Gateway +(http://\\S+)");
  private static final Pattern PROCESS = Pattern.compile("process (\\d+)");

  @Test
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
