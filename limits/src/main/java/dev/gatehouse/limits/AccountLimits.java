package dev.gatehouse.limits;

import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.accounts.signin.SignInLimits;
import dev.gatehouse.errors.Unavailable;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Limits password attempts at an account without blocking its owner: an address that has signed in
/// to the account before has a separate bucket there, and so has a signed-in user. These addresses
/// are in memory; after a start they are read from the open sessions, and before an attempt is
/// rejected, the sign-ins of the account on any instance are looked up, within bounds
/// ([AddressLookup]). Thread-safe.
public final class AccountLimits implements SignInLimits {
  private final RateLimits limits;
  private final KnownPairs known;
  private final AddressLookup lookup;
  private final RefusalRecord record;

  /// @param learned receives each account and address that a look-up finds
  /// @param nanos a monotonic clock, such as `System::nanoTime`
  public AccountLimits(
      RateLimits limits,
      SignInAddresses addresses,
      BiConsumer<String, String> learned,
      RandomGenerator random,
      RefusalRecord record,
      LongSupplier nanos) {
    this.limits = limits;
    this.record = record;
    this.known = new KnownPairs(random);
    this.lookup =
        new AddressLookup(
            addresses,
            (account, ip) -> {
              succeeded(account, ip);
              learned.accept(account, ip);
            },
            nanos);
  }

  @Override
  public void signingIn(String account, Origin origin) {
    long pair = Keys.pair(account, origin.ip());
    if (known.contains(pair)) {
      require(limits.loginPair(), pair, origin);
      return;
    }
    long key = Keys.name(account);
    Decision decision = limits.loginAccount().take(key);
    if (decision.allowed()) {
      return;
    }
    lookup.learn(account, origin.ip());
    if (!known.contains(pair)) {
      throw refused(limits.loginAccount(), key, origin, decision);
    }
    require(limits.loginPair(), pair, origin);
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
      throw refused(limit, key, origin, decision);
    }
  }

  private Unavailable refused(RateLimit limit, long key, Origin origin, Decision decision) {
    record.refused(limit.limit(), key, origin);
    return Unavailable.rateLimited(decision.retryAfter());
  }
}
