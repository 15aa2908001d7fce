package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Staying signed in, and seeing where one is; what others learn of it.
class SessionsTest extends RunningService {
  @Test
  void exchangesARefreshToken() {
    Account account = accounts.fresh();

    CallResponse first = send(refresh(account.refreshToken()));
    CallResponse repeated = send(refresh(account.refreshToken()));

    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.text("session_id")).isEqualTo(account.sessionId());
    assertThat(first.text("refresh_token"))
        .isNotEqualTo(account.refreshToken())
        .isEqualTo(repeated.text("refresh_token"));
    assertThat(read(first.text("access_token")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ghr_", "not a token", "ghk_AAAA"})
  void refusesWhatIsNoRefreshToken(String token) {
    assertThat(send(refresh(token)).text("code")).isEqualTo("INVALID_TOKEN");
  }

  @Test
  void listsTheOwnSessionsAndMarksTheCurrentOne() {
    Account account = accounts.fresh();
    accounts.fresh();
    String other = accounts.signIn(account.email(), Accounts.PASSWORD).text("session_id");

    CallResponse response = send(Call.of("GET /v1/sessions").as(account.accessToken()));

    JsonNode items = response.json().required("items");
    assertThat(items.values())
        .extracting(item -> item.required("id").stringValue())
        .containsExactlyInAnyOrder(account.sessionId(), other);
    for (JsonNode item : items) {
      boolean current = item.required("id").stringValue().equals(account.sessionId());
      assertThat(item.required("current").booleanValue()).isEqualTo(current);
      assertThat(item.required("ip").stringValue()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void endsAnotherOfTheOwnSessions() {
    Account account = accounts.fresh();
    CallResponse other = accounts.signIn(account.email(), Accounts.PASSWORD);
    Call end = end(account, other.text("session_id"));

    assertThat(send(end).status()).isEqualTo(204);

    assertThat(send(end).status()).isEqualTo(404);
    assertThat(read(other.text("access_token")).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(send(refresh(other.text("refresh_token"))).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(read(account.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void findsNoSessionOfOthers() {
    Account account = accounts.fresh();
    Account other = accounts.fresh();

    assertThat(send(end(account, other.sessionId())).status()).isEqualTo(404);
    assertThat(send(end(account, "nothing")).status()).isEqualTo(404);
    assertThat(read(other.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void endsAllOwnSessions() {
    Account account = accounts.fresh();
    String other = accounts.signIn(account.email(), Accounts.PASSWORD).text("access_token");
    Account stranger = accounts.fresh();

    assertThat(send(Call.of("DELETE /v1/sessions").as(account.accessToken())).status())
        .isEqualTo(204);

    assertThat(read(account.accessToken()).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(read(other).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(read(stranger.accessToken()).status()).isEqualTo(200);
  }

  @Test
  void tellsWhatAGoodTokenSays() {
    Account admin = accounts.administrator();

    JsonNode said = introspect(admin.accessToken()).json();

    assertThat(said.required("active").booleanValue()).isTrue();
    assertThat(said.required("sub").stringValue()).isEqualTo(admin.id());
    assertThat(said.required("sid").stringValue()).isEqualTo(admin.sessionId());
    assertThat(said.required("scope").stringValue()).isEqualTo("admin");
    assertThat(said.required("exp").longValue() - said.required("iat").longValue()).isEqualTo(300);
  }

  @Test
  void saysNothingOfTokensThatAreNotGood() {
    Account account = accounts.fresh();
    String revoked = accounts.fresh().accessToken();
    send(Call.of("DELETE /v1/sessions/current").as(revoked));

    for (String token :
        new String[] {
          revoked,
          "garbage",
          account.refreshToken(),
          accounts.key("introspect"),
          account.accessToken() + "x",
          "x".repeat(20_000)
        }) {
      assertThat(introspect(token).body()).isEqualTo("{\"active\":false}");
    }
  }

  private CallResponse introspect(String token) {
    return send(
        Call.of("POST /v1/tokens/introspect")
            .as(accounts.key("introspect"))
            .with("Content-Type", "application/x-www-form-urlencoded")
            .raw("token_type_hint=refresh_token&token=" + token));
  }

  private CallResponse read(String accessToken) {
    return send(Call.of("GET /v1/users/me").as(accessToken));
  }

  private static Call end(Account account, String session) {
    return Call.of("DELETE /v1/sessions/{id}")
        .as(account.accessToken())
        .at("/v1/sessions/" + session);
  }

  private static Call refresh(String token) {
    return Call.of("POST /v1/sessions/refresh").json(Map.of("refresh_token", token));
  }
}
