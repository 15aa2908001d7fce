package dev.gatehouse.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Racing clients and a thief, between two processes on one PostgreSQL.
@Tag("evidence")
class TwoInstancesEvidenceTest {
  private static final String PASSWORD = "correct horse battery";
  private static final int ROUNDS = 100;
  private static final int USES = 100;
  private static final Duration GRACE_OVER = Duration.ofSeconds(11);
  private static final Duration PROMISED = Duration.ofSeconds(1);

  private static @Nullable RunningGatehouse first;
  private static @Nullable RunningGatehouse second;

  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void start() {
    first = RunningGatehouse.start(folder.resolve("data"), Map.of());
    second = first.startSecond(Map.of());
  }

  @AfterAll
  static void stop() {
    running(second).close();
    running(first).close();
  }

  @Test
  void aHundredUsesAtOnceMakeOneChainAndLogNobodyOut() throws Exception {
    List<ApiClient> clients = clients();
    ApiResponse signedIn = signedIn();
    Set<String> seen = new HashSet<>();
    String token = signedIn.text("refresh_token");
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(seen.add(token)).isTrue();
      String used = token;
      var turn = new AtomicInteger();

      List<ApiResponse> responses =
          Parallel.times(USES, () -> clients.get(turn.getAndIncrement() % 2).refresh(used));

      assertThat(responses).extracting(ApiResponse::status).as("round %d", round).containsOnly(200);
      List<String> successors =
          responses.stream().map(response -> response.text("refresh_token")).distinct().toList();
      assertThat(successors).as("round %d", round).hasSize(1);
      token = successors.getFirst();
      for (ApiClient client : clients) {
        assertThat(client.me(responses.getLast().text("access_token")).status()).isEqualTo(200);
      }
    }
    System.out.printf("%d rounds of %d uses: one chain of %d%n", ROUNDS, USES, seen.size());
  }

  @Test
  void aCopyUsedElevenSecondsLaterEndsTheSessionOnBoth() throws Exception {
    List<ApiClient> clients = clients();
    ApiResponse signedIn = signedIn();
    String stolen = signedIn.text("refresh_token");
    ApiResponse refreshed = clients.get(0).refresh(stolen);
    String access = refreshed.text("access_token");
    Thread.sleep(GRACE_OVER);
    assertThat(clients.get(1).me(access).status()).isEqualTo(200);

    assertThat(clients.get(1).refresh(stolen).status()).isEqualTo(401);

    long start = System.nanoTime();
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PROMISED)
        .until(() -> clients.stream().allMatch(client -> client.me(access).status() == 401));
    System.out.printf(
        "reuse: both instances refuse after %d ms%n", (System.nanoTime() - start) / 1_000_000);
    assertThat(clients.get(0).refresh(refreshed.text("refresh_token")).status()).isEqualTo(401);
  }

  @Test
  void aSignOutOnOneIsKnownToTheOther() throws Exception {
    List<ApiClient> clients = clients();
    String access = signedIn().text("access_token");
    assertThat(clients.get(1).me(access).status()).isEqualTo(200);

    var signedOut =
        clients
            .get(0)
            .send(
                "DELETE", "/v1/sessions/current", Map.of("Authorization", "Bearer " + access), "");

    assertThat(signedOut.status()).isEqualTo(204);
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(PROMISED)
        .until(() -> clients.get(1).me(access).status() == 401);
  }

  @Test
  void twinsOnBothMakeOneUserAndTheLaterAreToldToWait() throws Exception {
    List<ApiClient> clients = clients();
    int waited = 0;
    for (int round = 0; round < 20; round++) {
      String email = "twin-" + UUID.randomUUID() + "@example.org";
      String key = UUID.randomUUID().toString();
      var turn = new AtomicInteger();

      List<ApiResponse> responses =
          Parallel.times(
              20, () -> clients.get(turn.getAndIncrement() % 2).register(email, PASSWORD, key));

      assertThat(responses).extracting(ApiResponse::status).containsOnly(201, 409);
      List<ApiResponse> refused =
          responses.stream().filter(response -> response.status() == 409).toList();
      assertThat(refused)
          .extracting(response -> response.text("code"))
          .containsOnly("IDEMPOTENCY_IN_PROGRESS");
      waited += refused.size();
      String made = clients.get(1).register(email, PASSWORD, key).text("id");
      assertThat(responses.stream().filter(response -> response.status() == 201))
          .isNotEmpty()
          .allMatch(response -> response.text("id").equals(made));
    }
    System.out.printf("twins: %d of 400 were told to wait%n", waited);
    assertThat(waited).isPositive();
  }

  private static ApiResponse signedIn() {
    String email = "two-" + UUID.randomUUID() + "@example.org";
    ApiClient client = clients().getFirst();
    assertThat(client.register(email, PASSWORD).status()).isEqualTo(201);
    return client.signIn(email, PASSWORD);
  }

  private static List<ApiClient> clients() {
    return List.of(running(first).client(), running(second).client());
  }

  private static RunningGatehouse running(@Nullable RunningGatehouse instance) {
    if (instance == null) {
      throw new IllegalStateException("not started");
    }
    return instance;
  }
}
