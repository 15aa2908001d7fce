package dev.gatehouse.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.RunningService;
import dev.gatehouse.api.walk.Accounts.Account;
import dev.gatehouse.api.walk.Call;
import dev.gatehouse.api.walk.CallResponse;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation, called by every kind of caller. What is expected is written down here once
/// more, one letter for each kind: `+` is let in, `1` refused with 401, `3` refused with 403.
class PolicyTest extends RunningService {
  private static final String ANYBODY = "+++++++";
  private static final String SIGNED_IN = "1+++333";
  private static final String READING = "133++33";

  enum Kind {
    ANONYMOUS,
    USER,
    OWN_ID,
    ADMIN,
    KEY_USERS_READ,
    KEY_USERS_WRITE,
    KEY_INTROSPECT
  }

  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("POST /v1/users", ANYBODY),
          Map.entry("POST /v1/sessions", ANYBODY),
          Map.entry("POST /v1/sessions/refresh", ANYBODY),
          Map.entry("GET /.well-known/jwks.json", ANYBODY),
          Map.entry("GET /.well-known/openid-configuration", ANYBODY),
          Map.entry("GET /.well-known/oauth-authorization-server", ANYBODY),
          Map.entry("GET /health", ANYBODY),
          Map.entry("GET /ready", ANYBODY),
          Map.entry("GET /openapi.yaml", ANYBODY),
          Map.entry("GET /", ANYBODY),
          Map.entry("GET /favicon.ico", ANYBODY),
          Map.entry("GET /docs", ANYBODY),
          Map.entry("GET /docs/home.css", ANYBODY),
          Map.entry("GET /docs/start.js", ANYBODY),
          Map.entry("GET /docs/{version}/{file}", ANYBODY),
          Map.entry("GET /v1/users/me", SIGNED_IN),
          Map.entry("PATCH /v1/users/me", SIGNED_IN),
          Map.entry("DELETE /v1/users/me", SIGNED_IN),
          Map.entry("PUT /v1/users/me/password", SIGNED_IN),
          Map.entry("GET /v1/sessions", SIGNED_IN),
          Map.entry("DELETE /v1/sessions", SIGNED_IN),
          Map.entry("DELETE /v1/sessions/current", SIGNED_IN),
          Map.entry("DELETE /v1/sessions/{id}", SIGNED_IN),
          Map.entry("GET /v1/users", READING),
          Map.entry("GET /v1/users/{id}", "13+++33"),
          Map.entry("PATCH /v1/users/{id}", "133+3+3"),
          Map.entry("DELETE /v1/users/{id}", "133+3+3"),
          Map.entry("DELETE /v1/users/{id}/sessions", "133+3+3"),
          Map.entry("PUT /v1/users/{id}/password", "133+3+3"),
          Map.entry("POST /v1/tokens/introspect", "133333+"));

  /// One cell of the table.
  record Cell(String operation, Kind kind, char expected) {
    @Override
    public String toString() {
      String response =
          switch (expected) {
            case '1' -> "401";
            case '3' -> "403";
            default -> "let in";
          };
      return "%-40s %-16s %s".formatted(operation, kind, response);
    }
  }

  private final Map<Kind, String> tokens = new EnumMap<>(Kind.class);

  @BeforeAll
  void makeCallers() {
    tokens.put(Kind.USER, accounts.fresh().accessToken());
    tokens.put(Kind.ADMIN, accounts.administrator().accessToken());
    tokens.put(Kind.KEY_USERS_READ, accounts.key("users:read"));
    tokens.put(Kind.KEY_USERS_WRITE, accounts.key("users:write"));
    tokens.put(Kind.KEY_INTROSPECT, accounts.key("introspect"));
  }

  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    for (Map.Entry<String, String> row : EXPECTED.entrySet()) {
      int column = 0;
      for (Kind kind : Kind.values()) {
        cells.add(new Cell(row.getKey(), kind, row.getValue().charAt(column++)));
      }
    }
    return cells;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cells")
  void letsInWhomItShould(Cell cell) {
    CallResponse response = send(call(cell));

    switch (cell.expected()) {
      case '1' -> assertThat(response.text("code")).isEqualTo("UNAUTHENTICATED");
      case '3' -> assertThat(response.text("code")).isEqualTo("FORBIDDEN");
      default -> assertThat(response.status()).as(response.body()).isNotIn(401, 403);
    }
  }

  @Test
  void knowsEveryOperation() {
    Set<String> served =
        service.routes().stream()
            .map(route -> route.method() + ' ' + route.template())
            .collect(Collectors.toSet());

    assertThat(EXPECTED.keySet()).isEqualTo(served);
  }

  /// Bodies are left out where there should be one: anyone who is let in is then told so with a 4xx
  /// of another kind, and nothing is changed.
  private Call call(Cell cell) {
    Call call = Call.of(cell.operation());
    return switch (cell.kind()) {
      case ANONYMOUS -> call.at(path(cell, someId()));
      case OWN_ID -> {
        Account self = accounts.fresh();
        yield call.at(path(cell, self.id())).as(self.accessToken());
      }
      case USER, ADMIN, KEY_USERS_READ, KEY_USERS_WRITE, KEY_INTROSPECT ->
          call.at(path(cell, someId())).as(token(cell));
    };
  }

  /// One of their own for calls that end the session of who is let in.
  private String token(Cell cell) {
    boolean ends = cell.operation().startsWith("DELETE /v1/sessions");
    if (ends && cell.kind() == Kind.USER) {
      return accounts.fresh().accessToken();
    }
    if (ends && cell.kind() == Kind.ADMIN) {
      return accounts.administrator().accessToken();
    }
    return Objects.requireNonNull(tokens.get(cell.kind()));
  }

  private static String someId() {
    return UUID.randomUUID().toString();
  }

  private static String path(Cell cell, String id) {
    String template = cell.operation().substring(cell.operation().indexOf(' ') + 1);
    return template.replace("{id}", id).replace("{version}", "0").replace("{file}", "x");
  }
}
