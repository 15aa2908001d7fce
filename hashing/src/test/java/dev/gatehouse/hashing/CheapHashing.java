package dev.gatehouse.hashing;

import dev.gatehouse.hashing.argon2.HashParameters;
import java.time.Duration;

/// Settings under which a test need not wait: a hash of well under a millisecond.
final class CheapHashing {
  static final HashParameters PARAMETERS = new HashParameters(64, 2, 1);

  private CheapHashing() {}

  static HashingSettings settings() {
    return settings(PARAMETERS);
  }

  static HashingSettings settings(HashParameters parameters) {
    return new HashingSettings(parameters, 2, Duration.ofSeconds(20));
  }
}
