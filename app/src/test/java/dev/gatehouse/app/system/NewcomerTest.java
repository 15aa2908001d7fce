package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a newcomer does in the first hour, on a program that was just started on an empty folder.
class NewcomerTest {
  private static @Nullable RunningGatehouse program;

  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void start() {
    program = RunningGatehouse.startOnFolder(folder.resolve("data"), Map.of());
  }

  @AfterAll
  static void stop() {
    program().close();
  }

  @Test
  void theQuickStartRuns() throws Exception {
    Script quickstart =
        Script.run("bash", Script.example("quickstart.sh").toString(), program().base().toString());

    assertThat(quickstart.status()).as(quickstart.output()).isZero();
  }

  @Test
  void generatedUsersGetTheResponsesTheyShould() throws Exception {
    Path users = folder.resolve("users.ndjson");
    Script generated =
        Script.run(
            Script.java(),
            Script.example("users/GenerateUsers.java").toString(),
            "--count",
            "1000",
            "--seed",
            "7");
    assertThat(generated.status()).as(generated.output()).isZero();
    Files.writeString(users, generated.output());

    Script registered =
        Script.run(
            Script.java(),
            Script.example("users/RegisterUsers.java").toString(),
            "--file",
            users.toString(),
            "--count",
            "1000",
            "--base",
            program().base().toString());

    assertThat(registered.status()).as(registered.output()).isZero();
    assertThat(registered.output()).contains("accepted").contains("EMAIL_TAKEN");
  }

  @Test
  void anotherLibraryVerifiesOurTokens() throws Exception {
    assumeTrue(hasNode(), "Node.js and npm are missing; install the packages nodejs and npm");
    Path verifier = Script.example("verify-token");
    Script installed = Script.runIn(verifier, "npm", "ci", "--no-audit", "--no-fund");
    assertThat(installed.status()).as(installed.output()).isZero();
    String token = signedIn("jose@example.org");

    Script good = verify(verifier, token);
    Script bad = verify(verifier, token.substring(0, token.length() - 4) + "AAAA");

    assertThat(good.status()).as(good.output()).isZero();
    assertThat(good.output()).contains("\"sub\"").contains("\"sid\"");
    assertThat(bad.status()).as(bad.output()).isEqualTo(1);
  }

  @Test
  void parallelRegistrationsOfOneAddressMakeOneAccount() throws Exception {
    var client = program().client();
    for (int round = 0; round < 50; round++) {
      String email = "race-" + round + "@example.org";

      var responses =
          Parallel.times(200, () -> client.register(email, "correct horse battery")).stream()
              .collect(Collectors.groupingBy(ApiResponse::status, Collectors.counting()));

      assertThat(responses).as("round %d", round).isEqualTo(Map.of(201, 1L, 409, 199L));
    }
  }

  @Test
  void theApiServesItsDescriptionAndItsDocs() {
    var client = program().client();

    assertThat(client.get("/openapi.yaml", Optional.empty()).body()).startsWith("openapi: 3.1");
    assertThat(client.get("/docs", Optional.empty()).body()).contains("swagger-ui");
  }

  @Test
  void manySignInsAtOnceAllSucceed() throws Exception {
    var client = program().client();
    client.register("busy@example.org", "correct horse battery");

    var responses =
        Parallel.times(100, () -> client.signIn("busy@example.org", "correct horse battery"));

    assertThat(responses).extracting(ApiResponse::status).containsOnly(201);
    assertThat(responses.stream().map(response -> response.text("refresh_token")).distinct())
        .hasSize(100);
  }

  private static Script verify(Path verifier, String token)
      throws IOException, InterruptedException {
    return Script.runIn(verifier, "node", "verify.mjs", program().base().toString(), token);
  }

  private static String signedIn(String email) {
    var client = program().client();
    client.register(email, "correct horse battery");
    return client.signIn(email, "correct horse battery").text("access_token");
  }

  /// On a build server nothing may be missing.
  private static boolean hasNode() {
    boolean present = Stream.of("node", "npm").allMatch(NewcomerTest::isOnThePath);
    return present || "true".equals(System.getenv("CI"));
  }

  private static boolean isOnThePath(String program) {
    return Optional.ofNullable(System.getenv("PATH")).stream()
        .flatMap(path -> Arrays.stream(path.split(":", -1)))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static RunningGatehouse program() {
    if (program == null) {
      throw new IllegalStateException("not started");
    }
    return program;
  }
}
