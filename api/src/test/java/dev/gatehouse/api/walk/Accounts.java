package dev.gatehouse.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/// Accounts made through the API to call it with.
public final class Accounts {
  /// Everybody's password.
  public static final String PASSWORD = "an engine of difference";

  private final Calls calls;
  private final Operator operator;

  public Accounts(Calls calls, Operator operator) {
    this.calls = calls;
    this.operator = operator;
  }

  /// Someone signed in.
  public record Account(
      String id, String email, String accessToken, String refreshToken, String sessionId) {}

  /// An address no one has.
  public static String freshEmail() {
    return "walk-" + UUID.randomUUID() + "@example.org";
  }

  /// Registers someone and signs them in.
  public Account fresh() {
    String email = freshEmail();
    CallResponse registered =
        calls.send(
            Call.of("POST /v1/users")
                .json(Map.of("email", email, "password", PASSWORD, "display_name", "Ada")));
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return signedIn(registered.text("id"), email);
  }

  /// Registers an administrator and signs them in.
  public Account administrator() {
    Account account = fresh();
    operator.makeAdministrator(account.id());
    return signedIn(account.id(), account.email());
  }

  /// A new administrator, after which every other has lost the role.
  public Account onlyAdministrator() {
    Account only = administrator();
    String reader = key("users:read");
    String path = "/v1/users?status=active&limit=200";
    String next = path;
    while (!next.isEmpty()) {
      CallResponse page = calls.send(Call.of("GET /v1/users").as(reader).at(next));
      for (JsonNode user : page.json().required("items")) {
        boolean other = !user.required("id").stringValue().equals(only.id());
        if (other && user.required("roles").toString().contains("admin")) {
          takeRoles(user.required("id").stringValue());
        }
      }
      JsonNode cursor = page.json().required("next_cursor");
      next = cursor.isNull() ? "" : path + "&cursor=" + cursor.stringValue();
    }
    return only;
  }

  private void takeRoles(String id) {
    CallResponse changed =
        calls.send(
            Call.of("PATCH /v1/users/{id}")
                .as(key("users:write"))
                .at("/v1/users/" + id)
                .with("Content-Type", "application/json")
                .raw("{\"roles\":[]}"));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
  }

  /// A new API key with one scope.
  public String key(String scope) {
    return operator.createKey(scope);
  }

  private Account signedIn(String id, String email) {
    CallResponse session = signIn(email, PASSWORD);
    return new Account(
        id,
        email,
        session.text("access_token"),
        session.text("refresh_token"),
        session.text("session_id"));
  }

  /// Signs someone in, whatever the response.
  public CallResponse signIn(String email, String password) {
    return calls.send(
        Call.of("POST /v1/sessions").json(Map.of("email", email, "password", password)));
  }
}
