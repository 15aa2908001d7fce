package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users do with their own account.
class OwnAccountTest extends RunningService {
  private static final String CHANGE = "PATCH /v1/users/me";
  private static final String NEW_PASSWORD = "an engine of analysis";

  @Test
  void locatesTheNewUser() {
    String email = Accounts.freshEmail();

    CallResponse response =
        send(Call.of("POST /v1/users").json(Map.of("email", email, "password", Accounts.PASSWORD)));

    assertThat(response.header("Location")).hasValue("/v1/users/" + response.text("id"));
    assertThat(response.header("ETag")).hasValue("\"1\"");
    assertThat(response.text("email")).isEqualTo(email);
    assertThat(response.json().required("display_name").isNull()).isTrue();
    assertThat(response.body()).doesNotContain("password", Accounts.PASSWORD);
  }

  @Test
  void respondsNotModifiedToAClientThatHasTheVersion() {
    Account account = accounts.fresh();
    Call read = Call.of("GET /v1/users/me").as(account.accessToken());
    String tag = send(read).header("ETag").orElseThrow();

    assertThat(send(read.with("If-None-Match", tag)).status()).isEqualTo(304);
    assertThat(send(read.with("If-None-Match", "W/" + tag)).status()).isEqualTo(304);
    assertThat(send(read.with("If-None-Match", "\"x\", " + tag)).status()).isEqualTo(304);
    assertThat(send(read.with("If-None-Match", "\"999\"")).status()).isEqualTo(200);
  }

  @Test
  void removesTheNameWithNullAndKeepsItWithoutMention() {
    Account account = accounts.fresh();

    CallResponse untouched = send(change(account, "{}"));
    CallResponse removed = send(change(account, "{\"display_name\":null}"));

    assertThat(untouched.text("display_name")).isEqualTo("Ada");
    assertThat(untouched.header("ETag")).hasValue("\"1\"");
    assertThat(removed.json().required("display_name").isNull()).isTrue();
    assertThat(removed.header("ETag")).hasValue("\"2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"1\"", "*", " \"1\" ", "\"7\", \"1\"", ",\"1\",", "W/\"1\",\"1\""})
  void changesTheVersionNamed(String condition) {
    Account account = accounts.fresh();

    CallResponse response =
        send(change(account, "{\"display_name\":\"B\"}").with("If-Match", condition));

    assertThat(response.status()).as(response.body()).isEqualTo(200);
    assertThat(response.header("ETag")).hasValue("\"2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"2\"", "W/\"1\"", "\"\"", "\"01\"", "\"x,1\"", "\"7\", \"8\""})
  void refusesToChangeAnotherVersion(String condition) {
    Account account = accounts.fresh();
    for (String body : List.of("{\"display_name\":\"B\"}", "{}")) {
      CallResponse response = send(change(account, body).with("If-Match", condition));

      assertThat(response.status()).isEqualTo(412);
      assertThat(response.text("code")).isEqualTo("STALE_VERSION");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1", "1\"", "w/\"1\"", "\"1\" \"2\"", "*, \"1\"", "\"a b\"", ","})
  void refusesPreconditionsThatAreNone(String condition) {
    Account account = accounts.fresh();

    CallResponse response = send(change(account, "{}").with("If-Match", condition));

    assertThat(response.text("code")).isEqualTo("MALFORMED_REQUEST");
  }

  @Test
  void movesToAnotherAddressForThePassword() {
    Account account = accounts.fresh();
    String email = Accounts.freshEmail();

    CallResponse moved =
        send(
            Call.of(CHANGE)
                .as(account.accessToken())
                .json(Map.of("email", email, "current_password", Accounts.PASSWORD)));

    assertThat(moved.text("email")).isEqualTo(email);
    assertThat(accounts.signIn(email, Accounts.PASSWORD).status()).isEqualTo(201);
    assertThat(accounts.signIn(account.email(), Accounts.PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void endsOtherSessionsWhenThePasswordChanges() {
    Account account = accounts.fresh();
    String other = accounts.signIn(account.email(), Accounts.PASSWORD).text("access_token");
    Call read = Call.of("GET /v1/users/me");

    CallResponse changed =
        send(
            Call.of("PUT /v1/users/me/password")
                .as(account.accessToken())
                .json(Map.of("current_password", Accounts.PASSWORD, "new_password", NEW_PASSWORD)));

    assertThat(changed.status()).isEqualTo(204);
    assertThat(send(read.as(account.accessToken())).status()).isEqualTo(200);
    assertThat(send(read.as(other)).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(accounts.signIn(account.email(), Accounts.PASSWORD).status()).isEqualTo(401);
    assertThat(accounts.signIn(account.email(), NEW_PASSWORD).status()).isEqualTo(201);
  }

  @Test
  void refusesTheTokenOfADeletedAccount() {
    Account account = accounts.fresh();
    Call delete =
        Call.of("DELETE /v1/users/me")
            .as(account.accessToken())
            .json(Map.of("current_password", Accounts.PASSWORD));

    assertThat(send(delete).status()).isEqualTo(204);
    assertThat(send(delete).text("code")).isEqualTo("INVALID_TOKEN");
  }

  @Test
  void asksForNoOtherTokenWhenTheCurrentPasswordIsWrong() {
    Account account = accounts.fresh();
    String wrong = "not the password";
    List<Call> proofs =
        List.of(
            Call.of(CHANGE).json(Map.of("email", Accounts.freshEmail(), "current_password", wrong)),
            Call.of("PUT /v1/users/me/password")
                .json(Map.of("current_password", wrong, "new_password", NEW_PASSWORD)),
            Call.of("DELETE /v1/users/me").json(Map.of("current_password", wrong)));

    for (Call proof : proofs) {
      CallResponse response = send(proof.as(account.accessToken()));

      assertThat(response.status()).as(response.body()).isEqualTo(403);
      assertThat(response.text("code")).isEqualTo("WRONG_PASSWORD");
      assertThat(response.text("detail")).isEqualTo("The current password is wrong.");
      assertThat(response.header("WWW-Authenticate")).isEmpty();
    }
  }

  @Test
  void readsOnlyTheOwnId() {
    Account account = accounts.fresh();
    Call read = Call.of("GET /v1/users/{id}").as(account.accessToken());

    assertThat(send(read.at("/v1/users/" + account.id())).text("email")).isEqualTo(account.email());
    assertThat(send(read.at("/v1/users/" + accounts.fresh().id())).status()).isEqualTo(403);
    assertThat(send(read.at("/v1/users/" + UUID.randomUUID())).status()).isEqualTo(403);
    assertThat(send(read.at("/v1/users/1-1-1-1-1")).status()).isEqualTo(403);
    assertThat(send(read.at("/v1/users/nobody")).status()).isEqualTo(403);
  }

  private static Call change(Account account, String body) {
    return Call.of(CHANGE)
        .as(account.accessToken())
        .with("Content-Type", "application/json")
        .raw(body);
  }
}
