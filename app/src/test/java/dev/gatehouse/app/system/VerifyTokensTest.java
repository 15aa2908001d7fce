package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What docs/verify-tokens.md shows: each program runs against an instance, and each snippet is
/// part of the program that the page names before it.
class VerifyTokensTest {
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern SNIPPET =
      Pattern.compile(
          "\\]\\(\\.\\./([^)]+)\\)[^`]*?```(?:java|js|python)\\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path folder = Path.of("");

  private static @Nullable RunningGatehouse program;
  private static String key = "";
  private static String token = "";

  @BeforeAll
  static void start() throws Exception {
    RunningGatehouse running = RunningGatehouse.start(folder.resolve("data"), Map.of());
    program = running;
    key = running.command("", "keys", "create", "orders", "--scope", "introspect").strip();
    running.client().register("ada@example.org", PASSWORD);
    token = running.client().signIn("ada@example.org", PASSWORD).text("access_token");
  }

  @AfterAll
  static void stop() {
    if (program != null) {
      program.close();
    }
  }

  @Test
  void nodeAsksAboutATokenByHttpBasic() throws Exception {
    assumeTrue(runs("node", "--version"), "Node.js is missing; install the package nodejs");
    tellsGoodFromBad("node", "introspect.mjs");
  }

  @Test
  void pythonAsksAboutATokenByHttpBasic() throws Exception {
    assumeTrue(runs("python3", "--version"), "Python is missing; install the package python3");
    tellsGoodFromBad("python3", "introspect.py");
  }

  @Test
  void pythonVerifiesATokenByThePublishedKeys() throws Exception {
    String python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(one -> runs(one, "-c", "import jwt, cryptography"))
            .findFirst()
            .orElse("");
    boolean needed = "true".equals(System.getenv("CI"));
    assumeTrue(
        needed || !python.isEmpty(),
        "PyJWT is missing; install the packages python3-jwt and python3-cryptography");
    tellsGoodFromBad(python, "verify.py");
  }

  @Test
  void thePageShowsWhatRuns() throws IOException {
    Path root = Script.example("..").normalize();
    Matcher snippets = SNIPPET.matcher(Files.readString(root.resolve("docs/verify-tokens.md")));
    int seen = 0;
    while (snippets.find()) {
      String source = flat(Files.readString(root.resolve(snippets.group(1))));
      assertThat(source).as(snippets.group(1)).contains(flat(snippets.group(2)));
      seen++;
    }
    assertThat(seen).isEqualTo(5);
  }

  /// Lines without the spaces before and after them.
  private static String flat(String text) {
    return String.join("\n", text.strip().lines().map(String::strip).toList());
  }

  private static void tellsGoodFromBad(String language, String name) throws Exception {
    String forged = token.substring(0, token.length() - 4) + "AAAA";

    Script good = run(language, name, token);
    Script bad = run(language, name, forged);

    assertThat(good.status()).as(good.output()).isZero();
    assertThat(good.output()).contains("\"sub\"").contains("client_id").contains("gatehouse");
    assertThat(bad.status()).as(bad.output()).isEqualTo(1);
  }

  private static Script run(String language, String name, String about) throws Exception {
    if (program == null) {
      throw new IllegalStateException("not started");
    }
    String base = program.base().toString();
    String piped = "printf %s \"$1\" | \"${@:2}\"";
    return Script.runIn(
        Script.example("verify-token"),
        "bash",
        "-c",
        piped,
        "bash",
        key,
        language,
        name,
        base,
        about);
  }

  private static boolean runs(String... command) {
    try {
      return Script.run(command).status() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(List.of(command).toString(), interrupted);
    }
  }
}
