package dev.gatehouse.accounts.apikey;

import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Decides whether a program holds an API key. What the store found is trusted for less than a
/// second: a busy key costs one query in that time, and a revoked one is refused within it. One
/// that expires is refused from that moment on, by the store's clock. Thread-safe.
public final class AuthenticateApiKey {
  private final ApiKeys keys;
  private final LongSupplier nanos;
  private final RecentApiKeys recent = new RecentApiKeys();

  /// @param nanos a clock that never steps, in nanoseconds
  public AuthenticateApiKey(ApiKeys keys, LongSupplier nanos) {
    this.keys = keys;
    this.nanos = nanos;
  }

  /// The key, if that can be told from memory; waits for nothing.
  ///
  /// @throws Refusal `INVALID_TOKEN` when it is known to be none
  public Optional<ApiKey> recall(String text) {
    return recent.find(secret(text), nanos.getAsLong()).map(AuthenticateApiKey::good);
  }

  /// The key; asks the store when memory does not tell.
  ///
  /// @throws Refusal `INVALID_TOKEN`
  /// @throws Unavailable when the store cannot serve
  public ApiKey authenticate(String text) {
    ApiKeySecret secret = secret(text);
    long now = nanos.getAsLong();
    return recent
        .find(secret, now)
        .map(AuthenticateApiKey::good)
        .orElseGet(() -> lookUp(secret, now));
  }

  private ApiKey lookUp(ApiKeySecret secret, long askedAt) {
    Optional<LiveApiKey> found = keys.findLive(secret);
    recent.remember(secret, found, askedAt);
    LiveApiKey live = found.orElseThrow(Refusal::invalidToken);
    if (live.touchDue()) {
      keys.touch(live.key().id());
    }
    return live.key();
  }

  private static ApiKey good(RecentApiKeys.Lookup lookup) {
    return lookup.key().orElseThrow(Refusal::invalidToken);
  }

  private static ApiKeySecret secret(String text) {
    return ApiKeySecret.parse(text).orElseThrow(Refusal::invalidToken);
  }
}
