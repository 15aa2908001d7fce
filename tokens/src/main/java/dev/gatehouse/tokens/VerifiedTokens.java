package dev.gatehouse.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.accounts.token.AccessTokens.Claims;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Remembers tokens known to be good, so that a signature is checked once in a token's life. The
/// key is the whole token: nothing shorter could stand for it without a hash that costs more than
/// the look-up. Only good tokens enter, so that no one can fill it with made-up ones. Thread-safe.
final class VerifiedTokens {
  /// What an entry takes beside its characters: the claims, the ids in them and the cache's own
  /// node.
  private static final int OVERHEAD_BYTES = 400;

  private final Cache<String, Verified> tokens;

  /// @param maxBytes about how much memory to use at most
  /// @param longestLife after which every token has expired
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

  /// A good token.
  ///
  /// @param key what signed it
  /// @param expiresAtMillis its end, ready to be compared
  record Verified(Claims claims, SigningKey key, long expiresAtMillis) {
    static Verified of(Claims claims, SigningKey key) {
      return new Verified(claims, key, claims.expiresAt().toEpochMilli());
    }

    boolean expiredAt(long millis) {
      return millis >= expiresAtMillis;
    }
  }
}
