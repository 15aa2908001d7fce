package dev.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.api.walk.Accounts;
import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Signing in and out.
class SignInTest extends RunningService {
  @Test
  void handsOutASession() {
    Account account = accounts.fresh();

    CallResponse response = send(signIn(account.email(), Accounts.PASSWORD));

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.header("Cache-Control")).hasValue("no-store");
    assertThat(response.json().required("expires_in").intValue()).isEqualTo(300);
    assertThat(response.json().required("refresh_expires_in").intValue()).isEqualTo(30 * 24 * 3600);
    assertThat(response.json().required("user").required("id").stringValue())
        .isEqualTo(account.id());
    assertThat(response.body()).doesNotContain(Accounts.PASSWORD, "password");
  }

  @Test
  void tellsUnknownWrongAndDisabledApartForNobody() {
    Account disabled = accounts.fresh();
    disable(disabled);
    Account known = accounts.fresh();

    List<CallResponse> refusals =
        List.of(
            send(signIn(Accounts.freshEmail(), Accounts.PASSWORD)),
            send(signIn(known.email(), "not the password")),
            send(signIn(known.email(), "")),
            send(signIn(known.email(), "p".repeat(5000))),
            send(signIn("not an address", Accounts.PASSWORD)),
            send(signIn("", "")),
            send(signIn(disabled.email(), Accounts.PASSWORD)));

    assertThat(refusals).extracting(CallResponse::status).containsOnly(401);
    assertThat(refusals).extracting(CallResponse::body).containsOnly(refusals.getFirst().body());
    assertThat(refusals.getFirst().text("code")).isEqualTo("INVALID_CREDENTIALS");
  }

  @Test
  void endsTheSessionOfTheToken() {
    Account account = accounts.fresh();
    String other = accounts.signIn(account.email(), Accounts.PASSWORD).text("access_token");
    Call end = Call.of("DELETE /v1/sessions/current").as(account.accessToken());
    Call read = Call.of("GET /v1/users/me");

    assertThat(send(end).status()).isEqualTo(204);
    assertThat(send(end).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(send(read.as(account.accessToken())).text("code")).isEqualTo("INVALID_TOKEN");
    assertThat(send(read.as(other)).status()).isEqualTo(200);
  }

  @Test
  void keepsFaultsToItself() {
    Call call = signIn(Accounts.freshEmail(), Accounts.PASSWORD);

    CallResponse response =
        service.faults.during(dev.gatehouse.api.walk.Faults.Kind.BUG, () -> send(call));

    assertThat(response.text("code")).isEqualTo("INTERNAL");
    assertThat(response.body()).doesNotContain("secret", "Exception", "java");
    assertThat(send(call).status()).isEqualTo(401);
  }

  /// The same request id, so that the bodies may be compared as they are.
  private static Call signIn(String email, String password) {
    return Call.of("POST /v1/sessions")
        .json(Map.of("email", email, "password", password))
        .with("X-Request-Id", "same");
  }

  private void disable(Account account) {
    User user = service.users.find(new UserId(UUID.fromString(account.id()))).orElseThrow();
    service.users.update(
        new User(
            user.id(),
            user.email(),
            user.profile(),
            user.emailVerified(),
            UserStatus.DISABLED,
            user.roles(),
            user.createdAt(),
            user.updatedAt(),
            user.version() + 1));
  }
}
