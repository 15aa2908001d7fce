package dev.gatehouse.limits;

import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.errors.GatehouseException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// Looks up the addresses from which an account has signed in, on any instance, before an attempt
/// is rejected.
///
/// An attacker controls the number of attempts, so the store is queried at most once a second for
/// each account, five times a second for each network, and twice concurrently. There is no bound on
/// all networks together: an attacker who exhausts many accounts would use it up for their owners.
/// An attempt without a permit is decided by what is in memory. Thread-safe.
final class AddressLookup {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int AT_ONCE = 2;
  private static final Duration PERMIT_TIMEOUT = Duration.ofMillis(500);

  private final SignInAddresses addresses;
  private final BiConsumer<String, String> learned;
  private final Buckets perAccount;
  private final Buckets perNetwork;
  private final Semaphore permits = new Semaphore(AT_ONCE, true);

  AddressLookup(SignInAddresses addresses, BiConsumer<String, String> learned, LongSupplier nanos) {
    this.addresses = addresses;
    this.learned = learned;
    var store = new LocalBucketStore(nanos);
    perAccount = store.open(new Limit("account_lookup", new Rate(1, SECOND)));
    perNetwork = store.open(new Limit("network_lookup", new Rate(5, SECOND)));
  }

  /// Looks up the addresses of an account, unless it was looked up too recently.
  ///
  /// @param guesser the address of the attempt
  void learn(String account, String guesser) {
    // The network first: an attempt over its bound must not use up the look-up of the account.
    if (perNetwork.take(Keys.address(guesser)).allowed()
        && perAccount.take(Keys.name(account)).allowed()
        && acquired()) {
      try {
        addresses.of(account).forEach(ip -> learned.accept(account, ip));
      } catch (GatehouseException _) {
        // The caller decides by what is in memory; the database reports its outages itself.
      } finally {
        permits.release();
      }
    }
  }

  private boolean acquired() {
    try {
      return permits.tryAcquire(PERMIT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
