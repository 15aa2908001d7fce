package dev.gatehouse.app.system.budget;

import dev.gatehouse.app.system.ApiClient;
import dev.gatehouse.app.system.ApiClient.ApiResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// The operations that have a budget, each with what it needs, prepared for many calls.
final class Operations {
  private static final String PASSWORD = "an engine of difference";
  private static final String CHANGED = "another engine of difference";

  private final Laboratory laboratory;
  private final ApiClient api;
  private final int calls;
  private final List<Account> group;
  private final List<Account> otherGroup;
  private int users;

  /// Prepares two groups of accounts; operations that need one account a call share them, in an
  /// order in which none takes from another what it needs.
  Operations(Laboratory laboratory, int calls) {
    this.laboratory = laboratory;
    this.api = laboratory.api();
    this.calls = calls;
    this.group = accounts();
    this.otherGroup = accounts();
  }

  /// An operation.
  ///
  /// @param status of each response
  /// @param call makes the call of this number
  record Operation(String name, int status, IntFunction<ApiResponse> call) {}

  /// Someone who is signed in.
  private record Account(String id, String email, String access, String refresh) {
    Optional<String> token() {
      return Optional.of(access);
    }
  }

  /// All of them, in the order of the table. Each is prepared when it is asked for.
  List<Supplier<Operation>> all() {
    return List.of(
        this::register,
        this::registerOnce,
        this::registerTaken,
        this::signIn,
        this::signInWrong,
        this::readNotInMemory,
        this::readFromMemory,
        this::readThroughGateway,
        this::refresh,
        this::rename,
        this::changePassword,
        this::listSessions,
        this::signOut,
        this::signOutEverywhere,
        this::deleteAccount,
        this::search,
        this::readOther,
        this::disable,
        this::introspect,
        this::keySet);
  }

  private Operation register() {
    return new Operation("POST /v1/users", 201, _ -> api.register(nextEmail(), PASSWORD));
  }

  private Operation registerOnce() {
    return new Operation(
        "POST /v1/users, Idempotency-Key",
        201,
        number -> {
          String body = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(nextEmail(), PASSWORD);
          return api.send("POST", "/v1/users", Map.of("Idempotency-Key", "key-" + number), body);
        });
  }

  private Operation registerTaken() {
    String email = account().email();
    return new Operation("POST /v1/users, taken", 409, _ -> api.register(email, PASSWORD));
  }

  private Operation signIn() {
    String email = account().email();
    return new Operation("POST /v1/sessions", 201, _ -> api.signIn(email, PASSWORD));
  }

  private Operation signInWrong() {
    String email = account().email();
    return new Operation(
        "POST /v1/sessions, wrong password", 401, _ -> api.signIn(email, "a guess"));
  }

  private Operation refresh() {
    return new Operation(
        "POST /v1/sessions/refresh", 200, number -> api.refresh(group.get(number).refresh()));
  }

  private Operation readFromMemory() {
    Account account = account();
    return new Operation("GET /v1/users/me", 200, _ -> api.me(account.access()));
  }

  private Operation readThroughGateway() {
    Account account = account();
    return new Operation(
        "GET /v1/users/me, gateway", 200, _ -> laboratory.edge().me(account.access()));
  }

  private Operation readNotInMemory() {
    return new Operation(
        "GET /v1/users/me, not in memory", 200, number -> api.me(group.get(number).access()));
  }

  private Operation rename() {
    Account account = account();
    return new Operation(
        "PATCH /v1/users/me",
        200,
        number ->
            api.send(
                "PATCH",
                "/v1/users/me",
                account.token(),
                "{\"display_name\":\"Name %d\"}".formatted(number)));
  }

  private Operation changePassword() {
    String body =
        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}".formatted(PASSWORD, CHANGED);
    return new Operation(
        "PUT /v1/users/me/password",
        204,
        number -> api.send("PUT", "/v1/users/me/password", group.get(number).token(), body));
  }

  private Operation listSessions() {
    Account account = account();
    return new Operation("GET /v1/sessions", 200, _ -> api.get("/v1/sessions", account.token()));
  }

  private Operation signOut() {
    List<Account> accounts = accounts();
    return new Operation(
        "DELETE /v1/sessions/current",
        204,
        number -> api.send("DELETE", "/v1/sessions/current", accounts.get(number).token(), ""));
  }

  private Operation signOutEverywhere() {
    return new Operation(
        "DELETE /v1/sessions",
        204,
        number -> api.send("DELETE", "/v1/sessions", otherGroup.get(number).token(), ""));
  }

  private Operation deleteAccount() {
    String body = "{\"current_password\":\"%s\"}".formatted(CHANGED);
    return new Operation(
        "DELETE /v1/users/me",
        204,
        number -> api.send("DELETE", "/v1/users/me", group.get(number).token(), body));
  }

  private Operation search() {
    Optional<String> token = administrator();
    return new Operation("GET /v1/users", 200, _ -> api.get("/v1/users?limit=50", token));
  }

  private Operation readOther() {
    Optional<String> token = administrator();
    Account other = account();
    return new Operation("GET /v1/users/{id}", 200, _ -> api.get("/v1/users/" + other.id(), token));
  }

  private Operation disable() {
    Optional<String> token = administrator();
    return new Operation(
        "PATCH /v1/users/{id}",
        200,
        number ->
            api.send(
                "PATCH",
                "/v1/users/" + otherGroup.get(number).id(),
                token,
                "{\"status\":\"disabled\"}"));
  }

  private Operation introspect() {
    Account account = account();
    String key = laboratory.apiKey();
    return new Operation(
        "POST /v1/tokens/introspect", 200, _ -> api.introspect(key, account.access()));
  }

  private Operation keySet() {
    return new Operation(
        "GET /.well-known/jwks.json",
        200,
        _ -> api.get("/.well-known/jwks.json", Optional.empty()));
  }

  private Optional<String> administrator() {
    Account account = account();
    try {
      laboratory.sql(
          "UPDATE users SET roles = '{admin}', version = version + 1 WHERE id = '%s'"
              .formatted(account.id()));
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
    return Optional.of(api.signIn(account.email(), PASSWORD).text("access_token"));
  }

  private List<Account> accounts() {
    var accounts = new ArrayList<Account>();
    for (int number = 0; number < calls; number++) {
      accounts.add(account());
    }
    return accounts;
  }

  private Account account() {
    String email = nextEmail();
    String id = api.register(email, PASSWORD).text("id");
    ApiResponse session = api.signIn(email, PASSWORD);
    return new Account(id, email, session.text("access_token"), session.text("refresh_token"));
  }

  private String nextEmail() {
    return "user%06d@example.org".formatted(users++);
  }
}
