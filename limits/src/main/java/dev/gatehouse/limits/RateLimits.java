package dev.gatehouse.limits;

/// All limits there are. Thread-safe.
public final class RateLimits {
  private final RateLimit ip;
  private final RateLimit loginIp;
  private final RateLimit registerIp;
  private final RateLimit loginAccount;
  private final RateLimit loginPair;
  private final RateLimit confirmation;

  public RateLimits(RateLimitSettings settings, BucketStore store, LimitListener listener) {
    ip = new RateLimit(new Limit("ip", settings.ip()), store, listener);
    loginIp = new RateLimit(new Limit("login_ip", settings.loginIp()), store, listener);
    registerIp = new RateLimit(new Limit("register_ip", settings.registerIp()), store, listener);
    Rate account = settings.loginAccount();
    loginAccount = new RateLimit(new Limit("login_account", account), store, listener);
    loginPair = new RateLimit(new Limit("login_pair", account), store, listener);
    confirmation = new RateLimit(new Limit("confirmation", account), store, listener);
  }

  /// Requests of any kind, by address.
  RateLimit ip() {
    return ip;
  }

  /// Attempts to sign in, by address.
  RateLimit loginIp() {
    return loginIp;
  }

  /// Registrations, by address.
  RateLimit registerIp() {
    return registerIp;
  }

  /// Attempts to sign in, by account, from addresses that never did so successfully.
  RateLimit loginAccount() {
    return loginAccount;
  }

  /// Attempts to sign in, by account and address, where that succeeded before.
  RateLimit loginPair() {
    return loginPair;
  }

  /// Proofs of the password by someone signed in, by account.
  RateLimit confirmation() {
    return confirmation;
  }
}
