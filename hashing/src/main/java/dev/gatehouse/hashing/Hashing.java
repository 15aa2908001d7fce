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

/// Password hashing as a part of the program: chooses the implementation, measures the cost of a
/// hash, and runs the workers until it is closed.
public final class Hashing implements AutoCloseable {
  /// Queued tasks are small; admission by time rejects long before this limit.
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

  /// Starts the workers. Takes the time of two hashes.
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

  /// Hashes and verifies passwords on the workers.
  public PasswordHasher passwordHasher() {
    return hasher;
  }

  /// The load of the workers, for the gauge of the queue depth.
  public WorkerPool.Load load() {
    return pool.load();
  }

  /// The name of the implementation.
  public String implementation() {
    return argon2.name();
  }

  /// Accepts no new hash and completes queued ones until the deadline. See [WorkerPool#shutdown].
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
