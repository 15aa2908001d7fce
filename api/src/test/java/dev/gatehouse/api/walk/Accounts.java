package dev.gatehouse.api.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;

/// Accounts made through the API to call it with.
public final class Accounts {
  /// Everybody's password.
  public static final String PASSWORD = "an engine of difference";

  private final Calls calls;

  public Accounts(Calls calls) {
    this.calls = calls;
  }

  /// Somebody signed in.
  public record Account(String id, String email, String accessToken) {}

  /// An address nobody has.
  public static String freshEmail() {
    return "walk-" + UUID.randomUUID() + "@example.org";
  }

  /// Registers somebody and signs them in.
  public Account fresh() {
    String email = freshEmail();
    Answer registered =
        calls.send(
            Call.of("POST /v1/users")
                .json(Map.of("email", email, "password", PASSWORD, "display_name", "Ada")));
    assertThat(registered.status()).as(registered.body()).isEqualTo(201);
    return new Account(registered.text("id"), email, signIn(email, PASSWORD).text("access_token"));
  }

  /// Signs somebody in, whatever the answer.
  public Answer signIn(String email, String password) {
    return calls.send(
        Call.of("POST /v1/sessions").json(Map.of("email", email, "password", password)));
  }
}
