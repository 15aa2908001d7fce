package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.Program;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class GatehouseTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final FakeProgram program = new FakeProgram();

  @Test
  void namesItsCommands() {
    assertThat(run("--help")).isZero();
    assertThat(text(out)).contains("serve", "migrate", "config");
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(text(out)).startsWith("gatehouse ");
  }

  @Test
  void refusesAnUnknownCommandInOneLine() {
    assertThat(run("serv")).isEqualTo(2);
    assertThat(text(err).lines()).singleElement().asString().contains("did you mean serve?");
  }

  @Test
  void refusesAnUnknownOptionInOneLine() {
    assertThat(run("config", "--jsno")).isEqualTo(2);
    assertThat(text(err).lines()).singleElement().asString().contains("--jsno");
  }

  @Test
  void asksForACommand() {
    assertThat(run()).isEqualTo(2);
    assertThat(text(err).lines()).hasSize(1);
  }

  @Test
  void reportsEveryFaultOfTheConfiguration() {
    environment.put("GATEHOUSE_HTTP_PORT", "eighty");
    environment.put("GATEHOUSE_LOG_LEVL", "info");

    assertThat(run("serve")).isEqualTo(2);
    assertThat(text(err).lines()).hasSize(2).allMatch(line -> line.startsWith("gatehouse: "));
    assertThat(text(out)).isEmpty();
  }

  @Test
  void printsTheConfigurationWithoutItsSecrets() throws IOException {
    Path file = folder.resolve("gatehouse.properties");
    Files.writeString(file, "GATEHOUSE_HTTP_PORT=8181\nGATEHOUSE_DATABASE_PASSWORD=hush\n");
    environment.put("GATEHOUSE_DATABASE_URL", "postgresql://me:hush@db/gh");
    environment.put("GATEHOUSE_SECRET_KEY", "aHVzaGh1c2hodXNoaHVzaGh1c2hodXNoaHVzaGh1c2g=");

    assertThat(run("config", "--config", file.toString())).isZero();
    assertThat(text(out))
        .containsPattern("GATEHOUSE_HTTP_PORT +8181 +file")
        .containsPattern("GATEHOUSE_DATABASE_PASSWORD +\\*\\*\\* +file")
        .containsPattern("GATEHOUSE_DATABASE_URL +jdbc:postgresql://db/gh +environment")
        .containsPattern("GATEHOUSE_LOG_LEVEL +info +default")
        .doesNotContain("hush", "aHVz");
  }

  @Test
  void printsTheConfigurationAsJson() {
    assertThat(run("config", "--json")).isZero();
    var settings = new JsonMapper().readTree(text(out));
    assertThat(settings.isArray()).isTrue();
    assertThat(settings.get(0).get("name").stringValue()).isEqualTo("GATEHOUSE_HTTP_HOST");
  }

  @Test
  void saysInOneLineWhatDidNotStartAndClosesWhatDid() {
    program.failure = new BindException("Address already in use");

    assertThat(run("serve")).isEqualTo(1);
    assertThat(text(err))
        .isEqualTo("gatehouse: the listener did not start: Address already in use\n");
    assertThat(program.closed).containsExactly("pool");
  }

  @Test
  void tellsTheStackTraceOnlyAtDebug() {
    program.failure = new BindException("Address already in use");
    environment.put("GATEHOUSE_LOG_LEVEL", "debug");

    assertThat(run("serve")).isEqualTo(1);
    assertThat(text(err)).contains("\tat ");
  }

  @Test
  void saysHowManyMigrationsWereApplied() {
    program.pending = 3;

    assertThat(run("migrate")).isZero();
    assertThat(text(out)).isEqualTo("3 applied\n");
    assertThat(program.closed).containsExactly("pool");
  }

  @Test
  void failsTheCheckWhenThereAreMigrationsToApply() {
    program.pending = 3;
    assertThat(run("migrate", "--check")).isEqualTo(1);
    program.pending = 0;
    assertThat(run("migrate", "--check")).isZero();
  }

  private int run(String... arguments) {
    var surroundings =
        new Surroundings(
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            true,
            program,
            _ -> {},
            () -> {});
    return Gatehouse.commandLine(surroundings).execute(arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private static final class FakeProgram implements Program {
    private final List<String> closed = new ArrayList<>();
    private Exception failure = new IllegalStateException("not meant to be served");
    private int pending;

    @Override
    public Addresses serve(Configuration configuration, Parts parts, Readiness readiness) {
      parts.start("the pool", () -> () -> closed.add("pool"));
      return parts.attempt(
          "the listener",
          () -> {
            throw failure;
          });
    }

    @Override
    public int migrate(Configuration configuration, Parts parts, boolean onlyCheck) {
      parts.start("the pool", () -> () -> closed.add("pool"));
      return pending;
    }
  }
}
