package dev.gatehouse.api.access;

import static java.util.Map.entry;

import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.http.Guard;
import dev.gatehouse.http.Route;
import java.util.Map;

/// Who may call what: the one place where this is said. An operation that is not in the table is
/// not served, so that none can be open by oversight.
public final class Policy {
  private static final Grant SELF = new Grant.ToSelf("id");
  private static final Grant ADMIN = new Grant.ToRole(Role.ADMIN);
  private static final Grant READING_KEY = new Grant.ToScope(Scope.USERS_READ);
  private static final Grant WRITING_KEY = new Grant.ToScope(Scope.USERS_WRITE);
  private static final Grant INTROSPECTING_KEY = new Grant.ToScope(Scope.INTROSPECT);

  private static final Map<String, Guard> TABLE =
      Map.ofEntries(
          entry("POST /v1/users", Access.PUBLIC),
          entry("GET /v1/users", Access.to(ADMIN, READING_KEY)),
          entry("GET /v1/users/{id}", Access.to(SELF, ADMIN, READING_KEY)),
          entry("PATCH /v1/users/{id}", Access.to(ADMIN, WRITING_KEY)),
          entry("DELETE /v1/users/{id}", Access.to(ADMIN, WRITING_KEY)),
          entry("DELETE /v1/users/{id}/sessions", Access.to(ADMIN, WRITING_KEY)),
          entry("PUT /v1/users/{id}/password", Access.to(ADMIN, WRITING_KEY)),
          entry("GET /v1/users/me", Access.USERS),
          entry("PATCH /v1/users/me", Access.USERS),
          entry("DELETE /v1/users/me", Access.USERS),
          entry("PUT /v1/users/me/password", Access.USERS),
          entry("POST /v1/sessions", Access.PUBLIC),
          entry("POST /v1/sessions/refresh", Access.PUBLIC),
          entry("GET /v1/sessions", Access.USERS),
          entry("DELETE /v1/sessions", Access.USERS),
          entry("DELETE /v1/sessions/current", Access.USERS),
          entry("DELETE /v1/sessions/{id}", Access.USERS),
          entry("POST /v1/tokens/introspect", Access.to(INTROSPECTING_KEY).orClientCredentials()),
          entry("GET /.well-known/jwks.json", Access.PUBLIC),
          entry("GET /.well-known/openid-configuration", Access.PUBLIC),
          entry("GET /.well-known/oauth-authorization-server", Access.PUBLIC),
          entry("GET /health", Access.PUBLIC),
          entry("GET /ready", Access.PUBLIC),
          entry("GET /openapi.yaml", Access.PUBLIC),
          entry("GET /", Access.PUBLIC),
          entry("GET /favicon.ico", Access.PUBLIC),
          entry("GET /docs", Access.PUBLIC),
          entry("GET /docs/home.css", Access.PUBLIC),
          entry("GET /docs/start.js", Access.PUBLIC),
          entry("GET /docs/{version}/{file}", Access.PUBLIC));

  private Policy() {}

  /// The route, open to whom the table says.
  ///
  /// @throws IllegalStateException when it says nothing
  public static Route applyTo(Route route) {
    String operation = route.method() + ' ' + route.template();
    Guard access = TABLE.get(operation);
    if (access == null) {
      throw new IllegalStateException("no access rule for " + operation);
    }
    return route.access(access);
  }
}
