package dev.gatehouse.app.system;

import dev.gatehouse.hashing.HashParameters;
import dev.gatehouse.hashing.HashRate;
import java.time.Duration;

/// Prints how many hashes one thread of this process makes in a second, for [OneCoreEvidenceTest].
final class BareHashRate {
  private BareHashRate() {}

  public static void main(String[] arguments) throws Exception {
    var duration = Duration.ofSeconds(Long.parseLong(arguments[0]));
    System.out.println(HashRate.measure(HashParameters.RECOMMENDED, 1, duration).perSecond());
  }
}
