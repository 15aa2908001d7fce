package dev.gatehouse.app.wiring;

/// The platform threads that carry the virtual ones.
public final class VirtualThreadScheduler {
  private static final String SETTING = "jdk.virtualThreadScheduler.parallelism";

  private VirtualThreadScheduler() {}

  /// Two, also on a single processor, unless the setting says otherwise: a library that spins on a
  /// virtual thread until another one has run (HikariCP while connections are handed over) would
  /// keep the only carrier from it forever. To be called before the first virtual thread starts.
  public static void atLeastTwo() {
    if (System.getProperty(SETTING) == null) {
      int carriers = Math.max(2, Runtime.getRuntime().availableProcessors());
      System.setProperty(SETTING, Integer.toString(carriers));
    }
  }
}
