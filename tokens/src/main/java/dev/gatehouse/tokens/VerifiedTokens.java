package dev.gatehouse.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.accounts.token.AccessTokens.Claims;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Caches verified tokens, so that each signature is verified once. The key is the whole token,
/// since a hash of it costs more than the look-up. Only valid tokens are cached, so that forged
/// ones cannot fill it. Thread-safe.
final class VerifiedTokens {
  /// The size of an entry without its characters: the claims, their ids and the node of the cache.
  private static final int OVERHEAD_BYTES = 400;

  private final Cache<String, Verified> tokens;

  /// @param maxBytes the approximate bound of memory
  /// @param longestLife the longest lifetime of a token
  VerifiedTokens(long maxBytes, Duration longestLife) {
    this.tokens =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((String token, Verified verified) -> token.length() + OVERHEAD_BYTES)
            .expireAfterWrite(longestLife)
            .build();
  }

  @Nullable Verified find(String token) {
    return tokens.getIfPresent(token);
  }

  void remember(String token, Verified verified) {
    tokens.put(token, verified);
  }

  void forget(String token) {
    tokens.invalidate(token);
  }

  long count() {
    tokens.cleanUp();
    return tokens.estimatedSize();
  }

  /// A verified token.
  ///
  /// @param key that signed it
  /// @param expiresAtMillis its expiry, for comparison
  record Verified(Claims claims, SigningKey key, long expiresAtMillis) {
    static Verified of(Claims claims, SigningKey key) {
      return new Verified(claims, key, claims.expiresAt().toEpochMilli());
    }

    boolean expiredAt(long millis) {
      return millis >= expiresAtMillis;
    }
  }
}
