package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.CanonicalBase64;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.pool.WorkerPool;
import dev.gatehouse.resilience.pool.WorkerPoolSettings;
import java.security.SecureRandom;
import java.time.Duration;

/// Password hashing as a part of the program: chooses the implementation, measures what a hash
/// costs here, and runs the workers until it is closed.
public final class Hashing implements AutoCloseable {
  /// What waits in memory is small; admission by time refuses long before this.
  private static final int QUEUE_CAPACITY = 10_000;

  private static final int DECOY_BITS = 256;

  private final WorkerPool pool;
  private final PasswordHasher hasher;
  private final Argon2 argon2;

  private Hashing(WorkerPool pool, PasswordHasher hasher, Argon2 argon2) {
    this.pool = pool;
    this.hasher = hasher;
    this.argon2 = argon2;
  }

  /// Starts the workers. Takes as long as two hashes.
  public static Hashing start(HashingSettings settings, HashingListener listener) {
    return start(settings, listener, Argon2Choice.best(), new SecureRandom());
  }

  static Hashing start(
      HashingSettings settings, HashingListener listener, Argon2 argon2, SecureRandom random) {
    var today = new Argon2Format(argon2, settings.parameters(), random);
    var decoy = decoy(today, random);
    var poolSettings =
        new WorkerPoolSettings(
            "hashing", settings.workers(), QUEUE_CAPACITY, settings.maxWait(), timeOf(decoy));
    var pool = new WorkerPool(poolSettings, listener);
    var formats = StoredFormats.all(today);
    var hasher = new PooledPasswordHasher(pool, today, formats, decoy, listener);
    return new Hashing(pool, hasher, argon2);
  }

  /// Hashes and checks passwords on the workers.
  public PasswordHasher passwordHasher() {
    return hasher;
  }

  /// How busy the workers are, for a gauge of the queue's depth.
  public WorkerPool.Load load() {
    return pool.load();
  }

  /// The implementation in use, for people to read.
  public String implementation() {
    return argon2.name();
  }

  /// Lets no new hash in and those in the queue finish until the deadline. See
  /// [WorkerPool#shutdown].
  public boolean shutdown(Deadline deadline) {
    return pool.shutdown(deadline);
  }

  @Override
  public void close() {
    pool.close();
  }

  private static StoredFormat.Stored decoy(Argon2Format today, SecureRandom random) {
    byte[] unknown = new byte[DECOY_BITS / 8];
    random.nextBytes(unknown);
    String hash = today.hash(new Password(CanonicalBase64.encode(unknown)));
    return today.read(hash).orElseThrow();
  }

  private static Duration timeOf(StoredFormat.Stored decoy) {
    long start = System.nanoTime();
    decoy.matches(new Password("measured"));
    return Duration.ofNanos(Math.max(1, System.nanoTime() - start));
  }
}
