package dev.gatehouse.limits;

import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.accounts.model.SignInLimits;
import dev.gatehouse.accounts.model.UserId;
import java.util.random.RandomGenerator;

/// Limits guesses at one account's password, so that the guesser is slowed down and the owner is not:
/// an address that once signed in to the account has a bucket of its own there, and so has whoever is
/// signed in. Forgets those addresses when the process ends. Thread-safe.
public final class AccountLimits implements SignInLimits {
  private final RateLimits limits;
  private final KnownPairs known;

  public AccountLimits(RateLimits limits, RandomGenerator random) {
    this.limits = limits;
    this.known = new KnownPairs(random);
  }

  @Override
  public void signingIn(String account, String ip) {
    long pair = Keys.pair(account, ip);
    Decision decision =
        known.contains(pair)
            ? limits.loginPair().take(pair)
            : limits.loginAccount().take(Keys.name(account));
    require(decision);
  }

  @Override
  public void confirming(UserId user) {
    require(limits.confirmation().take(Keys.user(user)));
  }

  @Override
  public void succeeded(String account, String ip) {
    known.add(Keys.pair(account, ip));
  }

  private static void require(Decision decision) {
    if (!decision.allowed()) {
      throw Unavailable.rateLimited(decision.retryAfter());
    }
  }
}
