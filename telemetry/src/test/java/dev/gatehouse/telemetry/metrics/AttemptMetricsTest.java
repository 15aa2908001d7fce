package dev.gatehouse.telemetry.metrics;

import static dev.gatehouse.telemetry.metrics.MeteredServer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Handler;
import dev.gatehouse.http.Response;
import dev.gatehouse.http.Route;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttemptMetricsTest {
  private final Metrics metrics = Metrics.open(false);

  @AfterEach
  void close() {
    metrics.close();
  }

  @ParameterizedTest
  @EnumSource
  void countsSignInsByTheResultOfTheUseCase(SignInListener.Result result) {
    metrics.signIns().ended(result);

    assertThat(total(Exposed.by(metrics), "logins")).isEqualTo(1);
    assertThat(count(Exposed.by(metrics), "logins", label(result))).isEqualTo(1);
    assertThat(total(Exposed.by(metrics), "registrations")).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void countsRegistrationsByTheResultOfTheUseCase(RegistrationListener.Result result) {
    metrics.registrations().ended(result);

    assertThat(total(Exposed.by(metrics), "registrations")).isEqualTo(1);
    assertThat(count(Exposed.by(metrics), "registrations", label(result))).isEqualTo(1);
    assertThat(total(Exposed.by(metrics), "logins")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid",
    "413, invalid",
    "422, invalid",
    "429, rate_limited",
    "499, abandoned",
    "500, error",
    "503, unavailable",
    "504, unavailable"
  })
  void countsRequestsThatReachNoUseCaseByStatus(int status, String result) {
    metrics.signIns().ended(status);

    assertThat(total(Exposed.by(metrics), "logins")).isEqualTo(1);
    assertThat(count(Exposed.by(metrics), "logins", result)).isEqualTo(1);
  }

  @Test
  void countsNoRepeatedRegistration() {
    metrics.registrations().ended(201);

    assertThat(total(Exposed.by(metrics), "registrations")).isZero();
  }

  @Test
  void countsARequestOnceThatReachesTheUseCase() throws Exception {
    try (var server =
            serving(
                meters ->
                    _ -> {
                      meters.signIns().ended(SignInListener.Result.INVALID_CREDENTIALS);
                      throw Refusal.invalidCredentials();
                    });
        var client = server.connect()) {
      assertThat(client.send(signIn()).read().status()).isEqualTo(401);

      await().untilAsserted(() -> assertThat(responses(server)).isEqualTo(1));
      assertThat(total(server.metrics(), "logins")).isEqualTo(1);
      assertThat(count(server.metrics(), "logins", "invalid_credentials")).isEqualTo(1);
    }
  }

  @Test
  void countsARequestThatIsRefusedBeforeTheUseCase() throws Exception {
    try (var server =
            serving(
                _ ->
                    _ -> {
                      throw Unavailable.rateLimited(Duration.ofSeconds(1));
                    });
        var client = server.connect()) {
      client.send(signIn()).read();

      await()
          .untilAsserted(
              () -> assertThat(count(server.metrics(), "logins", "rate_limited")).isEqualTo(1));
      assertThat(total(server.metrics(), "logins")).isEqualTo(1);
    }
  }

  @Test
  void countsARequestOnceWhoseClientLeaves() throws Exception {
    var reached = new CountDownLatch(1);
    var reported = new CountDownLatch(1);
    var held = new Semaphore(0);
    try (var server =
        serving(
            meters ->
                _ -> {
                  reached.countDown();
                  try {
                    held.acquire();
                  } catch (InterruptedException clientLeft) {
                    meters.signIns().ended(SignInListener.Result.UNAVAILABLE);
                    reported.countDown();
                  }
                  throw Unavailable.deadlineExceeded();
                })) {
      try (var client = server.connect()) {
        client.send(signIn());
        reached.await();
      }
      reported.await();

      assertThat(total(server.metrics(), "logins")).isEqualTo(1);
      assertThat(count(server.metrics(), "logins", "abandoned")).isEqualTo(1);
    }
  }

  private static MeteredServer serving(Function<Metrics, Handler> handler) {
    return MeteredServer.with(
        List.of(Route.get("/", _ -> Response.noContent()).access(Guard.PUBLIC)),
        metrics ->
            List.of(
                Route.delete("/sign-in", handler.apply(metrics))
                    .access(Guard.PUBLIC)
                    .outcomes(metrics.signIns())));
  }

  private static String signIn() {
    return request("DELETE", "/sign-in");
  }

  private static double responses(MeteredServer server) {
    return server
        .metrics()
        .value(
            "http_request_duration_seconds_count{method=\"DELETE\",path=\"/sign-in\",status=\"401\"}");
  }

  private static String label(Enum<?> result) {
    return result.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static double count(Exposed exposed, String family, String result) {
    return exposed.value("%s_total{result=\"%s\"}".formatted(family, result));
  }

  private static double total(Exposed exposed, String family) {
    return exposed.samples().stream()
        .filter(line -> line.startsWith(family + "_total{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
