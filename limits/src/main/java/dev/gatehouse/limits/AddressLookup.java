package dev.gatehouse.limits;

import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.errors.GatehouseException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/// Learns from where an account is signed in, on any instance, before a guess at it is refused.
///
/// Anyone who guesses decides how often that is, so the store is asked at most once a second for
/// each account, twenty times a second in all and twice at a time. Guesses in between are decided
/// by what is known. Thread-safe.
final class AddressLookup {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int AT_ONCE = 2;
  private static final long ALL = 0;

  private final SignInAddresses addresses;
  private final KnownPairs known;
  private final Buckets perAccount;
  private final Buckets inAll;
  private final Semaphore permits = new Semaphore(AT_ONCE);

  AddressLookup(SignInAddresses addresses, KnownPairs known, LongSupplier nanos) {
    this.addresses = addresses;
    this.known = known;
    var store = new LocalBucketStore(nanos);
    perAccount = store.open(new Limit("account_lookup", new Rate(1, SECOND)));
    inAll = store.open(new Limit("lookup", new Rate(20, SECOND)));
  }

  /// Adds the pairs of an account that the store knows, unless it was asked too recently.
  void learn(String account) {
    if (!permits.tryAcquire()) {
      return;
    }
    try {
      if (perAccount.take(Keys.name(account)).allowed() && inAll.take(ALL).allowed()) {
        addresses.of(account).forEach(ip -> known.add(Keys.pair(account, ip)));
      }
    } catch (GatehouseException _) {
      // The caller refuses the guess with what is known; the database reports its outages itself.
    } finally {
      permits.release();
    }
  }
}
