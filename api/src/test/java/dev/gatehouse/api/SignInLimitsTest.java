package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.user.TestService;
import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import dev.gatehouse.api.walk.Calls;
import dev.gatehouse.api.walk.Description;
import dev.gatehouse.limits.LocalBucketStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Attacks on passwords, over HTTP, while the clock of the limits does not move.
class SignInLimitsTest {
  private static final String OWNER = "198.51.100.1";

  private final TestService service =
      new TestService(0, Optional.of(new LocalBucketStore(() -> 0)), Duration.ofSeconds(20));
  private final Calls calls = new Calls(service.base());
  private final Accounts accounts = new Accounts(calls, service);
  private Account account;

  @BeforeEach
  void register() {
    account = accounts.fresh();
  }

  @AfterEach
  void stop() {
    calls.close();
    service.close();
  }

  @Test
  void letsNoMoreThanTenOfManyParallelGuessesPass() {
    String email = registered();
    List<CallResponse> responses = attack(100, guess -> signIn(email, "wrong", stranger(guess)));

    assertThat(statuses(responses, 401)).isEqualTo(10);
    assertThat(statuses(responses, 429)).isEqualTo(90);
  }

  @Test
  void tellsNobodyByTheLimitWhoHasAnAccount() {
    String email = registered();
    List<CallResponse> known = attack(20, guess -> signIn(email, "wrong", stranger(guess)));
    List<CallResponse> unknown =
        attack(20, guess -> signIn("nobody@example.org", "wrong", stranger(100 + guess)));

    assertThat(statuses(unknown, 401)).isEqualTo(10).isEqualTo(statuses(known, 401));
    assertThat(refusal(unknown)).isEqualTo(refusal(known));
  }

  @Test
  void letsOneAddressTryNoMoreThanSixtyAccounts() {
    List<CallResponse> responses =
        attack(90, guess -> signIn("user-" + guess + "@example.org", "wrong", "203.0.113.7"));

    assertThat(statuses(responses, 401)).isEqualTo(60);
    assertThat(statuses(responses, 429)).isEqualTo(30);
  }

  @Test
  void letsTheOwnerInDuringAnAttack() {
    assertThat(signIn(account.email(), Accounts.PASSWORD, OWNER).status()).isEqualTo(201);
    attack(50, guess -> signIn(account.email(), "wrong", stranger(guess)));

    assertThat(signIn(account.email(), Accounts.PASSWORD, stranger(99)).status()).isEqualTo(429);
    assertThat(signIn(account.email(), Accounts.PASSWORD, OWNER).status()).isEqualTo(201);
  }

  @Test
  void letsWhoeverIsSignedInChangeThePasswordDuringAnAttack() {
    attack(50, guess -> signIn(account.email(), "wrong", stranger(guess)));
    Call change =
        Call.of("PUT /v1/users/me/password")
            .as(account.accessToken())
            .with("X-Forwarded-For", stranger(99));
    var passwords =
        Map.of("current_password", Accounts.PASSWORD, "new_password", "an engine of analysis");

    assertThat(calls.send(change.json(passwords)).status()).isEqualTo(204);
  }

  @Test
  void limitsGuessesWithAStolenAccessToken() {
    Call delete = Call.of("DELETE /v1/users/me").as(account.accessToken());
    List<CallResponse> responses =
        attack(
            40,
            guess ->
                calls.send(
                    delete
                        .json(Map.of("current_password", "guess " + guess))
                        .with("X-Forwarded-For", stranger(guess))));

    assertThat(statuses(responses, 403)).isEqualTo(10);
    assertThat(statuses(responses, 429)).isEqualTo(30);
  }

  @Test
  void respondsAsDescribed() {
    var description = Description.fetch(calls);
    attack(20, guess -> signIn(account.email(), "wrong", stranger(guess)))
        .forEach(description::check);
  }

  /// No one has signed in to the account.
  private String registered() {
    String email = Accounts.freshEmail();
    var fields = Map.of("email", email, "password", Accounts.PASSWORD);
    assertThat(calls.send(Call.of("POST /v1/users").json(fields)).status()).isEqualTo(201);
    return email;
  }

  private static List<CallResponse> attack(int attempts, IntFunction<CallResponse> attempt) {
    List<Future<CallResponse>> responses;
    try (var attackers = Executors.newVirtualThreadPerTaskExecutor()) {
      responses =
          IntStream.range(0, attempts)
              .mapToObj(guess -> attackers.submit(() -> attempt.apply(guess)))
              .toList();
    }
    return responses.stream().map(Future::resultNow).toList();
  }

  private static String stranger(int number) {
    return "203.0.113." + number;
  }

  private static long statuses(List<CallResponse> responses, int status) {
    return responses.stream().filter(response -> response.status() == status).count();
  }

  private static String refusal(List<CallResponse> responses) {
    CallResponse refused =
        responses.stream().filter(each -> each.status() == 429).findAny().orElseThrow();
    return refused.text("detail") + refused.text("code") + refused.header("retry-after");
  }

  private CallResponse signIn(String email, String password, String address) {
    return calls.send(
        Call.of("POST /v1/sessions")
            .json(Map.of("email", email, "password", password))
            .with("X-Forwarded-For", address));
  }
}
