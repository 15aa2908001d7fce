package dev.gatehouse.limits;

import dev.gatehouse.http.RouteLimit;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All limits. Thread-safe.
public final class RateLimits {
  private final Map<String, RateLimit> byAddress;
  private final RateLimit loginAccount;
  private final RateLimit loginPair;
  private final RateLimit confirmation;

  public RateLimits(RateLimitSettings settings, BucketStore store, LimitListener listener) {
    byAddress =
        Stream.of(
                new Limit(RouteLimit.ADDRESS.name(), settings.ip()),
                new Limit("login_ip", settings.loginIp()),
                new Limit("register_ip", settings.registerIp()))
            .collect(
                Collectors.toUnmodifiableMap(
                    Limit::name, limit -> new RateLimit(limit, store, listener)));
    Rate account = settings.loginAccount();
    loginAccount = new RateLimit(new Limit("login_account", account), store, listener);
    loginPair = new RateLimit(new Limit("login_pair", account), store, listener);
    confirmation = new RateLimit(new Limit("confirmation", account), store, listener);
  }

  /// The limit with the name that a route declares.
  ///
  /// @throws IllegalArgumentException when the name is unknown
  RateLimit of(RouteLimit named) {
    RateLimit limit = byAddress.get(named.name());
    if (limit == null) {
      throw new IllegalArgumentException("no rate limit is named " + named.name());
    }
    return limit;
  }

  /// Attempts to sign in, by account, from addresses without an earlier success.
  RateLimit loginAccount() {
    return loginAccount;
  }

  /// Attempts to sign in, by account and address, after an earlier success.
  RateLimit loginPair() {
    return loginPair;
  }

  /// Password confirmations of signed-in users, by account.
  RateLimit confirmation() {
    return confirmation;
  }
}
