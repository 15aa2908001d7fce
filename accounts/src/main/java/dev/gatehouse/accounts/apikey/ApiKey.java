package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.id.ApiKeyId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// A program's right to call the API, without its secret. Immutable.
///
/// @param id names it to operators and in the audit log
/// @param name what operators call it
/// @param scopes what it may do, as far as this release knows; none when newer ones gave it all
/// @param createdAt when it was stored, by the store's clock like all times here
/// @param lastUsedAt when it was last used, to the minute or so
/// @param revokedAt when it was revoked; it works until then
/// @param expiresAt when it stops working without being revoked
public record ApiKey(
    ApiKeyId id,
    String name,
    Set<Scope> scopes,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Optional<Instant> revokedAt,
    Optional<Instant> expiresAt) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /// Whether it was revoked.
  public boolean revoked() {
    return revokedAt.isPresent();
  }

  /// Whether it has come to its end by itself.
  public boolean expired(Instant now) {
    return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
  }
}
