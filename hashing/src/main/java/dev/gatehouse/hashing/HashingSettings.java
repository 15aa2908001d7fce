package dev.gatehouse.hashing;

import dev.gatehouse.hashing.argon2.HashParameters;
import java.time.Duration;

/// The cost of hashes and the longest wait.
///
/// @param parameters the cost of new hashes
/// @param workers the number of concurrent hashes; 1 to 1,024, best the number of processors
/// @param maxWait the longest wait for a hash, 10 ms to a minute; a request that would wait longer
///     is rejected at once
public record HashingSettings(HashParameters parameters, int workers, Duration maxWait) {
  private static final int MAX_WORKERS = 1_024;
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  /// Rejects values out of range.
  public HashingSettings {
    if (workers < 1 || workers > MAX_WORKERS) {
      throw new IllegalArgumentException("there are 1 to %d workers".formatted(MAX_WORKERS));
    }
    if (maxWait.compareTo(SHORTEST_WAIT) < 0 || maxWait.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException("a request waits for 10 ms to a minute");
    }
  }

  /// The recommended parameters, one worker for each processor, a wait of a second.
  public static HashingSettings defaults() {
    return new HashingSettings(
        HashParameters.RECOMMENDED,
        Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_WORKERS),
        Duration.ofSeconds(1));
  }
}
