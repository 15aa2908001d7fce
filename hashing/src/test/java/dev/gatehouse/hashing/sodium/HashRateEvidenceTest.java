package dev.gatehouse.hashing.sodium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.hashing.HashRate;
import dev.gatehouse.hashing.argon2.Argon2;
import dev.gatehouse.hashing.argon2.BouncyCastleArgon2;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the native implementation is worth, taken in turn so that both meet the same noise.
@Tag("evidence")
class HashRateEvidenceTest {
  private static final int ROUNDS = 4;
  private static final Duration EACH = Duration.ofSeconds(2);

  @Test
  void hashesFasterInNativeCode() throws Exception {
    var portable = new BouncyCastleArgon2();
    var sodium = SodiumArgon2.load(portable);
    double bestSodium = 0;
    double bestPortable = 0;
    for (int round = 0; round < ROUNDS; round++) {
      bestSodium = Math.max(bestSodium, rate(sodium));
      bestPortable = Math.max(bestPortable, rate(portable));
    }
    System.out.printf(
        "%s %.1f/s (%.1f ms), %s %.1f/s (%.1f ms), ratio %.2f%n",
        sodium.name(),
        bestSodium,
        1_000 / bestSodium,
        portable.name(),
        bestPortable,
        1_000 / bestPortable,
        bestSodium / bestPortable);
    assertThat(bestSodium).isGreaterThan(bestPortable);
  }

  @Test
  void hashesFasterWithMemoryThatIsKept() throws Exception {
    var portable = new BouncyCastleArgon2();
    var mapping = SodiumArgon2.load(portable);
    var keeping = SodiumArgon2.loadKeepingMemory(portable);
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      double asShipped = rate(mapping);
      double kept = rate(keeping);
      System.out.printf("memory kept %.1f/s, mapped for each hash %.1f/s%n", kept, asShipped);
      ratios.add(kept / asShipped);
    }
    System.out.printf("ratios %s%n", ratios);
    assertThat(ratios).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(1.0));
  }

  private static double rate(Argon2 argon2) throws InterruptedException {
    return HashRate.measure(argon2, HashParameters.RECOMMENDED, 1, EACH).perSecond();
  }
}
