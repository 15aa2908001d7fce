package dev.gatehouse.api.walk;

import dev.gatehouse.api.walk.Accounts.Account;
import java.util.Map;

/// For every operation, a call that succeeds.
final class ValidCalls {
  private final Accounts accounts;

  ValidCalls(Accounts accounts) {
    this.accounts = accounts;
  }

  Call of(String operation) {
    Call call = Call.of(operation);
    return switch (operation) {
      case "POST /v1/users" ->
          call.json(Map.of("email", Accounts.freshEmail(), "password", Accounts.PASSWORD));
      case "POST /v1/sessions" ->
          call.json(Map.of("email", accounts.fresh().email(), "password", Accounts.PASSWORD));
      case "POST /v1/sessions/refresh" ->
          call.json(Map.of("refresh_token", accounts.fresh().refreshToken()));
      case "GET /v1/users/me",
          "GET /v1/sessions",
          "DELETE /v1/sessions",
          "DELETE /v1/sessions/current" ->
          call.as(accounts.fresh().accessToken());
      case "DELETE /v1/sessions/{id}" -> {
        Account account = accounts.fresh();
        yield call.as(account.accessToken()).at("/v1/sessions/" + account.sessionId());
      }
      case "GET /v1/users" -> call.as(accounts.key("users:read")).at("/v1/users?limit=2");
      case "POST /v1/tokens/introspect" ->
          call.as(accounts.key("introspect"))
              .with("Content-Type", "application/x-www-form-urlencoded")
              .raw("token=" + accounts.fresh().accessToken());
      case "PATCH /v1/users/me" ->
          call.as(accounts.fresh().accessToken())
              .json(Map.of("email", Accounts.freshEmail(), "current_password", Accounts.PASSWORD));
      case "DELETE /v1/users/me" ->
          call.as(accounts.fresh().accessToken())
              .json(Map.of("current_password", Accounts.PASSWORD));
      case "PUT /v1/users/me/password" ->
          call.as(accounts.fresh().accessToken())
              .json(
                  Map.of(
                      "current_password",
                      Accounts.PASSWORD,
                      "new_password",
                      "an engine of analysis"));
      case "GET /v1/users/{id}", "DELETE /v1/users/{id}" ->
          call.as(accounts.administrator().accessToken()).at("/v1/users/" + accounts.fresh().id());
      case "PATCH /v1/users/{id}" ->
          call.as(accounts.administrator().accessToken())
              .at("/v1/users/" + accounts.fresh().id())
              .json(Map.of("display_name", "Countess"));
      case "PUT /v1/users/{id}/password" ->
          call.as(accounts.administrator().accessToken())
              .at("/v1/users/" + accounts.fresh().id() + "/password")
              .json(Map.of("new_password", "an engine of analysis"));
      case "DELETE /v1/users/{id}/sessions" ->
          call.as(accounts.key("users:write"))
              .at("/v1/users/" + accounts.fresh().id() + "/sessions");
      default -> call;
    };
  }
}
