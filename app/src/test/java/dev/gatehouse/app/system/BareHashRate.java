package dev.gatehouse.app.system;

import com.sun.management.OperatingSystemMXBean;
import dev.gatehouse.hashing.HashRate;
import dev.gatehouse.hashing.argon2.HashParameters;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// Prints how many hashes one thread of this process makes in a second, and then how many in a
/// second of processor time, which other load on the machine changes less. For
/// [OneCoreEvidenceTest].
final class BareHashRate {
  private BareHashRate() {}

  public static void main(String[] arguments) throws Exception {
    var duration = Duration.ofSeconds(Long.parseLong(arguments[0]));
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    HashRate.measure(HashParameters.RECOMMENDED, 1, duration.dividedBy(5));
    long before = process.getProcessCpuTime();
    double perSecond = HashRate.measure(HashParameters.RECOMMENDED, 1, duration).perSecond();
    // Measuring warms up for a fifth of the duration first, at the same rate.
    double hashes = perSecond * duration.toNanos() * 1.2 / 1e9;
    System.out.println(perSecond);
    System.out.println(hashes * 1e9 / (process.getProcessCpuTime() - before));
  }
}
