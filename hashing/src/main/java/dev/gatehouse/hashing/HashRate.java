package dev.gatehouse.hashing;

import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// The rate at which this machine hashes, without queue and service: the upper bound of sign-ins a
/// second, and the reference for the efficiency of the service.
///
/// @param implementation the name of the implementation
/// @param threads the number of threads
/// @param perSecond hashes a second of all threads
public record HashRate(String implementation, int threads, double perSecond) {
  private static final int TAG_BYTES = 32;

  /// Measures the implementation that the service uses.
  ///
  /// @param duration of the measurement, after a warm-up
  /// @throws InterruptedException when the caller was interrupted; the threads end after their hash
  public static HashRate measure(HashParameters parameters, int threads, Duration duration)
      throws InterruptedException {
    return measure(Argon2Choice.best(), parameters, threads, duration);
  }

  public static HashRate measure(
      Argon2 argon2, HashParameters parameters, int threads, Duration duration)
      throws InterruptedException {
    hashFor(argon2, parameters, threads, duration.dividedBy(5));
    return new HashRate(argon2.name(), threads, hashFor(argon2, parameters, threads, duration));
  }

  private static double hashFor(
      Argon2 argon2, HashParameters parameters, int threads, Duration duration)
      throws InterruptedException {
    var hashes = new AtomicLong();
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    var running =
        IntStream.range(0, threads)
            .mapToObj(
                thread ->
                    Thread.ofPlatform()
                        .daemon()
                        .name("hash-rate-" + (thread + 1))
                        .start(() -> hashUntil(end, argon2, parameters, hashes)))
            .toList();
    for (Thread thread : running) {
      thread.join();
    }
    return hashes.get() * 1e9 / (System.nanoTime() - start);
  }

  private static void hashUntil(
      long end, Argon2 argon2, HashParameters parameters, AtomicLong hashes) {
    var function = Argon2.Function.argon2id(parameters);
    byte[] password = new byte[16];
    byte[] salt = new byte[16];
    while (System.nanoTime() - end < 0) {
      argon2.tag(password, salt, function, TAG_BYTES);
      hashes.incrementAndGet();
    }
  }
}
