package dev.gatehouse.accounts.apikey;

import dev.gatehouse.errors.InvalidFields;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What an API key may do. A key has those it was given and no others; none contains another.
public enum Scope {
  /// Look users up.
  USERS_READ("users:read"),
  /// Change and delete users, end their sessions.
  USERS_WRITE("users:write"),
  /// Ask whether an access token is good.
  INTROSPECT("introspect");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /// The name outside of this program; never changes.
  public String text() {
    return text;
  }

  /// The scope of a name; empty for one that only another release knows.
  public static Optional<Scope> find(String text) {
    return Arrays.stream(values()).filter(scope -> scope.text.equals(text)).findFirst();
  }

  /// Reads a name.
  ///
  /// @throws InvalidFields for the field `scopes` when there is no such scope
  public static Scope parse(String text) {
    return find(text)
        .orElseThrow(() -> InvalidFields.of("scopes", "invalid", "The scopes are " + all() + "."));
  }

  private static String all() {
    return Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", "));
  }
}
