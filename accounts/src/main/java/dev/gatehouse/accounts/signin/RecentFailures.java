package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// Counts failures per account and per address in sketches of fixed size, so that no number of
/// accounts or addresses an attacker invents costs more memory. Half of a count is forgotten every
/// five minutes. A collision can only make someone wait longer when the machine is busy.
public final class RecentFailures implements FailedSignIns {
  private static final Duration HALF_LIFE = Duration.ofMinutes(5);
  private static final Duration KNOWN_FOR = Duration.ofDays(14);
  private static final int TOLERATED_FAILURES = 3;

  private final DecayingSketch byAccount;
  private final DecayingSketch byAddress;
  private final DecayingSketch knownPairs;

  /// An empty history.
  ///
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  /// @param random seeds the sketches, so that no one can aim at another's counters
  public RecentFailures(LongSupplier nanoTime, RandomGenerator random) {
    byAccount = new DecayingSketch(HALF_LIFE, nanoTime, random);
    byAddress = new DecayingSketch(HALF_LIFE, nanoTime, random);
    knownPairs = new DecayingSketch(KNOWN_FOR, nanoTime, random);
  }

  @Override
  public Trust standing(String account, String ip) {
    if (byAddress.estimate(ip) > TOLERATED_FAILURES) {
      return Trust.LOW;
    }
    boolean accountUnderAttack = byAccount.estimate(account) > TOLERATED_FAILURES;
    return accountUnderAttack && knownPairs.estimate(pair(account, ip)) == 0
        ? Trust.LOW
        : Trust.NORMAL;
  }

  @Override
  public void failed(String account, String ip) {
    byAccount.increment(account);
    byAddress.increment(ip);
  }

  @Override
  public void succeeded(String account, String ip) {
    knownPairs.increment(pair(account, ip));
  }

  private static String pair(String account, String ip) {
    return account + ' ' + ip;
  }
}
