package dev.gatehouse.accounts.apikey;

import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.errors.InvalidFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The store of API keys. It keeps a hash of each secret and never the secret, and all times are by
/// the store's clock. Every method is atomic, blocks its (virtual) thread, gives up at the store's
/// time-outs with [Unavailable], and is safe to call from any thread.
public interface ApiKeys {
  /// How far the stored time of last use may be behind: a busy key costs one write in this time.
  Duration LAST_USE_PRECISION = Duration.ofMinutes(1);

  /// The most keys [#list()] gives.
  int MOST_LISTED = 1000;

  /// Adds a key.
  ///
  /// @return the key as stored
  /// @throws InvalidFields for the field `expires_at` when the end is not ahead
  ApiKey add(NewApiKey key, ApiKeySecret secret, Expiry expiry);

  /// The key with this secret, unless it was revoked or has expired.
  Optional<LiveApiKey> findLive(ApiKeySecret secret);

  /// The newest keys, newest first, revoked and expired ones included; at most [#MOST_LISTED].
  List<ApiKey> list();

  /// Revokes a key forever.
  ///
  /// @return false when there is none, or it was revoked before
  boolean revoke(ApiKeyId id);

  /// Stores that a key was used, unless the stored time is less than [#LAST_USE_PRECISION] ago. One
  /// that is ahead is from before the clock was set back, and is replaced.
  ///
  /// @return whether it was stored
  boolean touch(ApiKeyId id);
}
