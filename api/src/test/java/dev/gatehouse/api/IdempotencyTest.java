package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import dev.gatehouse.testkit.accounts.InMemoryFingerprints;
import dev.gatehouse.testkit.accounts.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `Idempotency-Key` on registration.
class IdempotencyTest extends RunningService {
  private String key = "";
  private String email = "";

  @BeforeEach
  void begin() {
    key = UUID.randomUUID().toString();
    email = Accounts.freshEmail();
  }

  @Test
  void replaysTheFirstResponse() {
    CallResponse first = send(registration(Accounts.PASSWORD));
    CallResponse again = send(registration(Accounts.PASSWORD));
    // The same request, written otherwise.
    CallResponse reformatted =
        send(
            registration(Accounts.PASSWORD)
                .raw(
                    "{ \"password\": \"%s\",\n \"email\": \"%s\" }"
                        .formatted(Accounts.PASSWORD, email)));

    assertThat(first.status()).isEqualTo(201);
    for (CallResponse replayed : List.of(again, reformatted)) {
      assertThat(replayed.status()).isEqualTo(201);
      assertThat(replayed.body()).isEqualTo(first.body());
      assertThat(replayed.header("Location")).isEqualTo(first.header("Location")).isPresent();
      assertThat(replayed.header("ETag")).isEqualTo(first.header("ETag"));
    }
  }

  @Test
  void refusesTheKeyWithAnotherBody() {
    send(registration(Accounts.PASSWORD));

    CallResponse refused = send(registration("another password"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("code")).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "LONG"})
  void refusesWhatIsNoKey(String text) {
    String value = text.equals("LONG") ? "k".repeat(256) : text;

    CallResponse refused = send(registration(Accounts.PASSWORD).with("Idempotency-Key", value));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("code")).isEqualTo("MALFORMED_REQUEST");
  }

  @Test
  void takesTheLongestKey() {
    Call call = registration(Accounts.PASSWORD).with("Idempotency-Key", "~".repeat(255));

    assertThat(send(call).status()).isEqualTo(201);
  }

  @Test
  void makesOneUserOfTwentyTwins() throws Exception {
    List<Callable<CallResponse>> twins = new ArrayList<>();
    for (int twin = 0; twin < 20; twin++) {
      twins.add(() -> send(registration(Accounts.PASSWORD)));
    }
    var made = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<CallResponse> twin : threads.invokeAll(twins)) {
        CallResponse response = twin.get();
        if (response.status() == 201) {
          made.add(response.text("id"));
        } else {
          assertThat(response.text("code")).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
        }
      }
    }

    assertThat(made).isNotEmpty();
    assertThat(made).containsOnly(send(registration(Accounts.PASSWORD)).text("id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "1", "second", "2, 3"})
  void refusesWhatSomebodyIsWorkingOn(String attempt) {
    claimed();

    CallResponse refused = send(registration(Accounts.PASSWORD).with("X-Request-Attempt", attempt));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text("code")).isEqualTo("IDEMPOTENCY_IN_PROGRESS");
  }

  /// As a gateway says when an instance has died over the first attempt.
  @ParameterizedTest
  @ValueSource(strings = {"2", "10"})
  void waitsForNoAttemptThatWasGivenUp(String attempt) {
    claimed();

    CallResponse made = send(registration(Accounts.PASSWORD).with("X-Request-Attempt", attempt));

    assertThat(made.status()).isEqualTo(201);
    assertThat(send(registration(Accounts.PASSWORD)).body()).isEqualTo(made.body());
  }

  /// By an instance that is never known again.
  private void claimed() {
    String fingerprint = new InMemoryFingerprints().of("idempotency key", key);
    service.registrations.claim(
        fingerprint, Sample.user().id(), Duration.ofDays(1), Duration.ofMinutes(1));
  }

  private Call registration(String password) {
    return Call.of("POST /v1/users")
        .with("Idempotency-Key", key)
        .json(Map.of("email", email, "password", password));
  }
}
