package dev.gatehouse.app.command.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.app.command.Gatehouse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class GatehouseTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private final FakeProgram program = new FakeProgram();
  private String password = "an engine of difference";

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
  void takesOptionsToWhatRunsLong() {
    assertThat(run("serve", "--help")).isZero();
    assertThat(text(out)).contains("--config");
    assertThat(run("serve", "--config", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(run("gateway", "--cnofig")).isEqualTo(2);
    assertThat(text(err).lines()).hasSize(2);
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
    assertThat(run("migrate", "--check")).isEqualTo(3);
    program.pending = 0;
    assertThat(run("migrate", "--check")).isZero();
  }

  @Test
  void waitsForTheTablesAsLongAsItIsTold() {
    assertThat(run("migrate", "--check", "--wait", "5m")).isZero();
    assertThat(program.waited).contains(Duration.ofMinutes(5));
    assertThat(text(out)).isEqualTo("0 to apply\n");

    program.pending = 3;
    assertThat(run("migrate", "--check", "--wait", "1s")).isEqualTo(1);
    assertThat(text(err)).isEqualTo("gatehouse: the schema is too old\n");
  }

  @Test
  void refusesAWaitThatHasNoBoundOrNoPurpose() {
    assertThat(run("migrate", "--check", "--wait", "2d")).isEqualTo(2);
    assertThat(run("migrate", "--check", "--wait", "soon")).isEqualTo(2);
    assertThat(run("migrate", "--wait", "5m")).isEqualTo(2);
    assertThat(text(err).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("gatehouse: --wait: "));
    assertThat(program.waited).isEmpty();
  }

  @Test
  void createsUsersWithAPasswordThatIsNoArgument() {
    assertThat(run("users", "create", "ada@example.org", "--role", "admin", "--json")).isZero();

    var user = new JsonMapper().readTree(text(out));
    assertThat(user.required("email").stringValue()).isEqualTo("ada@example.org");
    assertThat(user.required("roles").get(0).stringValue()).isEqualTo("admin");
    assertThat(text(out)).doesNotContain(password);
    assertThat(program.closed).containsExactly("pool");
  }

  @Test
  void keepsTheLastAdministrator() {
    assertThat(run("users", "create", "ada@example.org", "--role", "admin")).isZero();

    for (String command : List.of("disable", "delete", "revoke")) {
      var words = new ArrayList<>(List.of("users", command, "ada@example.org"));
      if (command.equals("revoke")) {
        words.add("admin");
      }
      assertThat(run(words.toArray(String[]::new))).isEqualTo(1);
      assertThat(text(err))
          .contains("gatehouse: This is the last active administrator; make another user");
    }
  }

  @Test
  void changesUsersByIdAndByAddress() {
    assertThat(run("users", "create", "ada@example.org")).isZero();
    String id = text(out).substring(0, 36);

    assertThat(run("users", "grant", "ADA@example.org", "billing")).isZero();
    assertThat(line()).contains("active", "[billing]");
    assertThat(run("users", "revoke", id, "billing")).isZero();
    assertThat(line()).doesNotContain("billing");
    assertThat(run("users", "disable", id)).isZero();
    assertThat(line()).contains("disabled");
    assertThat(run("users", "enable", id)).isZero();
    assertThat(line()).contains("active");
    assertThat(run("users", "show", id)).isZero();
    assertThat(line()).startsWith(id);
    assertThat(run("users", "list", "--prefix", "ad")).isZero();
    assertThat(line()).startsWith(id);
    assertThat(run("users", "delete", id)).isZero();
    assertThat(run("users", "show", id)).isEqualTo(1);
    assertThat(text(err)).isEqualTo("gatehouse: There is no user " + id + "\n");
  }

  @Test
  void setsAPasswordThatIsNoArgument() {
    assertThat(run("users", "create", "ada@example.org")).isZero();
    password = "an engine of analysis";

    assertThat(run("users", "set-password", "ada@example.org")).isZero();
    assertThat(line()).contains("ada@example.org").doesNotContain(password);

    password = "short";
    assertThat(run("users", "set-password", "ada@example.org")).isEqualTo(2);
    assertThat(text(err)).startsWith("gatehouse: new_password: It has fewer than 8 characters.");
    assertThat(run("users", "set-password", "bob@example.org")).isEqualTo(1);
  }

  @Test
  void verifiesAnAddressAndTakesThatBack() {
    assertThat(run("users", "create", "ada@example.org")).isZero();

    assertThat(run("users", "verify", "ada@example.org", "--json")).isZero();
    assertThat(line()).contains("\"email_verified\":true");
    assertThat(run("users", "verify", "ada@example.org", "--unverified", "--json")).isZero();
    assertThat(line()).contains("\"email_verified\":false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"admim", "amdin", "Admin", "ADMIN", "admins"})
  void takesANameNearARoleForASlip(String role) {
    assertThat(run("users", "create", "ada@example.org")).isZero();

    assertThat(run("users", "grant", "ada@example.org", role)).isEqualTo(2);
    assertThat(text(err).lines()).singleElement().asString().contains("did you mean admin?");
    assertThat(run("users", "create", "bob@example.org", "--role", role)).isEqualTo(2);
    assertThat(run("users", "show", "bob@example.org")).isEqualTo(1);
    assertThat(run("users", "show", "ada@example.org")).isZero();
    assertThat(line()).doesNotContain("[");
  }

  @Test
  void grantsARoleNearAnotherWhenToldThatItIsMeant() {
    assertThat(run("users", "create", "ada@example.org", "--role", "admins", "--custom")).isZero();
    assertThat(run("users", "grant", "ada@example.org", "admin2", "--custom")).isZero();
    assertThat(line()).contains("[admin2, admins]");
    assertThat(run("users", "revoke", "ada@example.org", "admins")).isZero();
    assertThat(line()).contains("[admin2]");
  }

  @Test
  void revokesNoRoleThatIsASlip() {
    assertThat(run("users", "create", "ada@example.org", "--role", "billing")).isZero();

    assertThat(run("users", "revoke", "ada@example.org", "biling")).isEqualTo(2);
    assertThat(text(err)).contains("did you mean billing?");
    assertThat(run("users", "revoke", "ada@example.org", "support")).isZero();
  }

  @Test
  void takesAStatusAsItIsPrinted() {
    assertThat(run("users", "create", "ada@example.org")).isZero();
    assertThat(run("users", "disable", "ada@example.org")).isZero();

    for (String status : List.of("disabled", "DISABLED", "Disabled")) {
      assertThat(run("users", "list", "--status", status)).isZero();
      assertThat(line()).contains("disabled");
    }
    assertThat(run("users", "list", "--status", "gone")).isEqualTo(2);
    assertThat(text(err)).contains("active or disabled").doesNotContain("UserStatus");
  }

  @Test
  void listsUsersAsJsonUpToTheLimit() {
    for (int n = 0; n < 5; n++) {
      run("users", "create", "user" + n + "@example.org");
    }
    out.reset();

    assertThat(run("users", "list", "--json", "--limit", "3", "--status", "ACTIVE")).isZero();

    assertThat(new JsonMapper().readTree(text(out)).size()).isEqualTo(3);
  }

  @Test
  void saysWhatIsWrongWithAUser() {
    password = "short";
    assertThat(run("users", "create", "ada@example.org")).isEqualTo(2);
    assertThat(text(err)).startsWith("gatehouse: password: ");
    assertThat(run("users", "create", "ada")).isEqualTo(2);
    assertThat(run("users", "show", "ada")).isEqualTo(2);
    assertThat(run("users", "create")).isEqualTo(2);
    assertThat(run("users")).isEqualTo(2);
  }

  @Test
  void createsAKeyAndShowsItOnce() {
    assertThat(run("keys", "create", "billing", "--scope", "users:read,introspect")).isZero();
    String secret = line();
    assertThat(secret).startsWith("ghk_");

    assertThat(run("keys", "list", "--json")).isZero();
    var key = new JsonMapper().readTree(line()).get(0);
    assertThat(key.required("name").stringValue()).isEqualTo("billing");
    assertThat(key.required("scopes").size()).isEqualTo(2);
    assertThat(text(out).replaceFirst(secret, "")).doesNotContain(secret);

    String id = key.required("id").stringValue();
    assertThat(run("keys", "revoke", id)).isZero();
    assertThat(run("keys", "revoke", id)).isEqualTo(1);
    assertThat(run("keys", "list")).isZero();
    assertThat(line()).contains(id, "revoked");
  }

  @Test
  void createsAKeyThatExpires() {
    String[] create = {"keys", "create", "billing", "--scope", "introspect", "--expires"};

    assertThat(run(with(create, "30d"))).isZero();
    assertThat(run("keys", "list")).isZero();
    assertThat(line()).contains("live").containsPattern("expires 20\\d\\d-");
    assertThat(run(with(create, "2222-01-31T12:00:00+01:00"))).isZero();
    assertThat(run("keys", "list", "--json")).isZero();
    assertThat(line()).contains("\"expires_at\":\"2222-01-31T11:00:00Z\"");

    for (String wrong : List.of("soon", "5s", "9999d", "2020-01-31T12:00:00Z", "2030-01-31")) {
      assertThat(run(with(create, wrong))).isEqualTo(2);
    }
    assertThat(text(err).lines()).hasSize(5).allMatch(line -> line.contains("expires"));
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void tellsWhenTheNextSigningKeySigns() {
    assertThat(run("keys", "rotate-signing")).isZero();
    assertThat(line()).isEqualTo("next signs from 1970-01-01T00:00:00Z");
  }

  @Test
  void tellsTheEpochOfAnAcceptedDatabase() {
    assertThat(run("database", "accept")).isZero();
    assertThat(line()).isEqualTo("database accepted; its epoch is 7");
  }

  @Test
  void refusesAKeyWithoutAScopeThereIs() {
    assertThat(run("keys", "create", "billing")).isEqualTo(2);
    assertThat(run("keys", "create", "billing", "--scope", "everything")).isEqualTo(2);
    assertThat(text(err)).contains("users:read, users:write, introspect");
  }

  /// The last line that was printed.
  private String line() {
    return text(out).lines().toList().getLast();
  }

  private int run(String... arguments) {
    var context =
        new CommandContext(
            environment,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            () -> Optional.of(password),
            true,
            program,
            _ -> {},
            () -> {});
    return Gatehouse.run(context, arguments);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
