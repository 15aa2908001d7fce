package dev.gatehouse.limits;

import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.accounts.model.Origin;
import dev.gatehouse.accounts.model.SignInLimits;
import dev.gatehouse.accounts.model.UserId;
import java.util.random.RandomGenerator;

/// Limits guesses at one account's password, so that the guesser is slowed down and the owner is not:
/// an address that once signed in to the account has a bucket of its own there, and so has whoever is
/// signed in. Those addresses are in memory alone; after a start they are learnt again from the sessions
/// that are open. Thread-safe.
public final class AccountLimits implements SignInLimits {
  private final RateLimits limits;
  private final KnownPairs known;
  private final RefusalRecord record;

  public AccountLimits(RateLimits limits, RandomGenerator random, RefusalRecord record) {
    this.limits = limits;
    this.record = record;
    this.known = new KnownPairs(random);
  }

  @Override
  public void signingIn(String account, Origin origin) {
    long pair = Keys.pair(account, origin.ip());
    if (known.contains(pair)) {
      require(limits.loginPair(), pair, origin);
    } else {
      require(limits.loginAccount(), Keys.name(account), origin);
    }
  }

  @Override
  public void confirming(UserId user, Origin origin) {
    require(limits.confirmation(), Keys.user(user), origin);
  }

  @Override
  public void succeeded(String account, String ip) {
    known.add(Keys.pair(account, ip));
  }

  private void require(RateLimit limit, long key, Origin origin) {
    Decision decision = limit.take(key);
    if (!decision.allowed()) {
      record.refused(limit.limit(), key, origin);
      throw Unavailable.rateLimited(decision.retryAfter());
    }
  }
}
