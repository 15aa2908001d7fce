package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A program's right to call the API, without its secret. Immutable.
///
/// @param id names it to operators and in the audit log
/// @param name what operators call it, 1 to 100 characters, not all blank, none a control character
/// @param scopes what it may do, as far as this release knows; none when newer ones gave it all
/// @param createdAt when it was made
/// @param lastUsedAt when it was last used, to the minute or so
/// @param revokedAt when it was revoked; it works until then
/// @param expiresAt when it stops to work by itself
public record ApiKey(
    ApiKeyId id,
    String name,
    Set<Scope> scopes,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt,
    Optional<Instant> expiresAt) {
  private static final int MAX_NAME = 100;

  /// @throws InvalidFields when the name is none
  public ApiKey {
    scopes = Set.copyOf(scopes);
    if (!isName(name)) {
      throw InvalidFields.of(
          "name", "invalid", "A name has 1 to 100 characters, none a control character.");
    }
  }

  /// A key that was just made.
  ///
  /// @throws InvalidFields when name or scopes are none
  public static ApiKey create(ApiKeyId id, String name, Set<Scope> scopes, Instant at) {
    if (scopes.isEmpty()) {
      throw InvalidFields.of("scopes", "required", "A key needs a scope.");
    }
    return new ApiKey(id, name, scopes, at, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// This key with an end.
  public ApiKey expiring(Optional<Instant> end) {
    return new ApiKey(id, name, scopes, createdAt, lastUsedAt, revokedAt, end);
  }

  /// Whether it was revoked.
  public boolean revoked() {
    return revokedAt.isPresent();
  }

  /// Whether it has come to its end by itself.
  public boolean expired(Instant now) {
    return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
  }

  private static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= MAX_NAME
        && name.codePoints().noneMatch(Character::isISOControl);
  }
}
