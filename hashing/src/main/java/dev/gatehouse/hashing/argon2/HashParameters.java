package dev.gatehouse.hashing.argon2;

/// The cost parameters of Argon2 (RFC 9106, section 3.1).
///
/// @param memoryKib memory in KiB; at least 8 for each lane, at most 4 GiB
/// @param iterations passes over the memory; 1 to 1,000
/// @param parallelism lanes; 1 to 64
public record HashParameters(int memoryKib, int iterations, int parallelism) {
  /// The OWASP recommendation of 2023: 19 MiB, two passes, one lane.
  public static final HashParameters RECOMMENDED = new HashParameters(19_456, 2, 1);

  private static final int MAX_MEMORY_KIB = 4 * 1_024 * 1_024;
  private static final int MAX_ITERATIONS = 1_000;
  private static final int MAX_PARALLELISM = 64;

  /// Rejects values out of range.
  public HashParameters {
    if (!inRange(memoryKib, iterations, parallelism)) {
      throw new IllegalArgumentException(
          "Argon2 takes 1 to %d lanes, 8 KiB a lane to %d KiB of memory, and 1 to %d iterations"
              .formatted(MAX_PARALLELISM, MAX_MEMORY_KIB, MAX_ITERATIONS));
    }
  }

  /// The cost of a hash in filled KiB: on one machine, proportional to seconds.
  public long work() {
    return (long) memoryKib * iterations;
  }

  /// Whether memory and passes are at least those of others.
  public boolean atLeast(HashParameters others) {
    return memoryKib >= others.memoryKib && iterations >= others.iterations;
  }

  static boolean inRange(int memoryKib, int iterations, int parallelism) {
    return parallelism >= 1
        && parallelism <= MAX_PARALLELISM
        && memoryKib >= 8 * parallelism
        && memoryKib <= MAX_MEMORY_KIB
        && iterations >= 1
        && iterations <= MAX_ITERATIONS;
  }
}
