package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.util.Set;

/// An API key that is not stored yet: the store gives it its times. Immutable.
///
/// @param name what operators call it, 1 to 100 characters, not all blank, none a control character
/// @param scopes what it may do, at least one
public record NewApiKey(ApiKeyId id, String name, Set<Scope> scopes) {
  private static final int MAX_NAME = 100;

  /// @throws InvalidFields when name or scopes are none
  public NewApiKey {
    scopes = Set.copyOf(scopes);
    if (scopes.isEmpty()) {
      throw InvalidFields.of("scopes", "required", "A key needs a scope.");
    }
    if (!isName(name)) {
      throw InvalidFields.of(
          "name", "invalid", "A name has 1 to 100 characters, none a control character.");
    }
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= MAX_NAME
        && name.codePoints().noneMatch(Character::isISOControl);
  }
}
