package dev.gatehouse.app.system.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.system.ApiClient;
import dev.gatehouse.app.system.ApiClient.ApiResponse;
import dev.gatehouse.testkit.net.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Passwords, tokens, names and addresses of users are in no log, span or metric, whatever is done
/// with them and whatever fails, at the log level `debug`.
@ExtendWith(ObservedExtension.class)
class CanaryTest {
  private final List<String> canaries = new ArrayList<>();

  @Test
  void nothingOfUsersAppears(Observed observed) throws Exception {
    var client = Observed.client(observed.gateway());
    String email = email();
    String password = canary();
    liveAnAccount(client, email, password);
    makeMistakes(client, email);
    doWithoutADatabase(observed, client);

    Told told = Told.by(observed);

    assertThat(canaries).hasSizeGreaterThan(20);
    assertThat(told.texts())
        .allSatisfy((where, text) -> assertThat(text).as(where).doesNotContain(canaries));
    assertThat(told.texts().values()).noneMatch(text -> text.contains("$argon2"));
    assertThat(told.texts().get("log of the instance"))
        .contains("user_registered", "sign_in_failed", "password_changed", "Unavailable")
        .contains("address:");
    assertThat(told.texts().get("spans")).contains("registerUser", "changePassword", "signIn");
  }

  private void liveAnAccount(ApiClient client, String email, String password) {
    expect(201, client.register(email, password));
    expect(409, client.register(email, password));
    expect(401, client.signIn(email, canary()));
    var token = Optional.of(tokens(expect(201, client.signIn(email, password))));
    expect(200, client.get("/v1/users/me", token));
    String name = "{\"display_name\":\"%s\"}".formatted(canary());
    expect(200, client.send("PATCH", "/v1/users/me", token, name));
    String moved = email();
    String move = "{\"email\":\"%s\",\"current_password\":\"%s\"}".formatted(moved, password);
    expect(200, client.send("PATCH", "/v1/users/me", token, move));
    String next = canary();
    String change =
        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}".formatted(password, next);
    expect(204, client.send("PUT", "/v1/users/me/password", token, change));

    ApiResponse session = expect(201, client.signIn(moved, next));
    tokens(session);
    tokens(expect(200, client.refresh(session.text("refresh_token"))));
    expect(401, client.refresh(canary()));
    var last = Optional.of(tokens(expect(201, client.signIn(moved, next))));
    String farewell = "{\"current_password\":\"%s\"}".formatted(next);
    expect(204, client.send("DELETE", "/v1/users/me", last, farewell));
    expect(401, client.signIn(moved, next));
  }

  private void makeMistakes(ApiClient client, String email) {
    var stranger = Optional.<String>empty();
    expect(401, client.get("/v1/users/me", Optional.of(canary())));
    expect(401, client.get("/v1/users/me", Optional.of("ghk_" + canary())));
    expect(
        401, client.send("GET", "/v1/users/me", Map.of("Authorization", "Basic " + canary()), ""));
    expect(401, client.get("/v1/users?email=" + email, stranger));
    expect(404, client.get("/" + email + "/" + canary(), stranger));
    expect(401, client.get("/v1/users/" + email, stranger));
    for (String body :
        List.of(
            "{\"email\":\"%s\",\"password\":\"%s\"",
            "{\"email\":\"%s\",\"passwort\":\"%s\"}",
            "{\"email\":\"%s\",\"password\":[\"%s\"]}",
            "{\"email\":\"%s x\",\"password\":\"%s\"}")) {
      ApiResponse refused =
          client.send("POST", "/v1/sessions", stranger, body.formatted(email(), canary()));
      assertThat(refused.status()).isBetween(400, 422);
    }
  }

  private void doWithoutADatabase(Observed observed, ApiClient client) {
    String email = email();
    String password = canary();
    expect(201, client.register(email, password));
    ApiResponse session = expect(201, client.signIn(email, password));
    tokens(session);
    observed.databaseNetwork().set(new Fault.Cut());
    try {
      expect(503, client.register(email(), canary()));
      expect(503, client.signIn(email, password));
      expect(503, client.refresh(session.text("refresh_token")));
    } finally {
      observed.databaseNetwork().heal();
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> client.register(email(), canary()).status() == 201);
  }

  /// Notes the tokens of a session, and the parts of what has parts.
  private String tokens(ApiResponse session) {
    for (String name : List.of("access_token", "refresh_token")) {
      String token = session.text(name);
      assertThat(token).isNotEmpty();
      Pattern.compile("\\.").splitAsStream(token).forEach(canaries::add);
    }
    return session.text("access_token");
  }

  /// An address none of which may appear.
  private String email() {
    return canary() + "@" + canary() + ".example.org";
  }

  private String canary() {
    String canary = "canary" + UUID.randomUUID().toString().replace("-", "");
    canaries.add(canary);
    return canary;
  }

  private static ApiResponse expect(int status, ApiResponse response) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    return response;
  }
}
