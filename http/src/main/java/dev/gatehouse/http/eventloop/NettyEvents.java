package dev.gatehouse.http.eventloop;

/// The events that Netty sends to the JDK Flight Recorder for each buffer it allocates.
public final class NettyEvents {
  private static final String SETTING = "io.netty.jfr.enabled";

  private NettyEvents() {}

  /// Disables them unless the system property enables them: the first buffer would initialize the
  /// recorder even without a recording. Must be called before Netty is loaded.
  public static void leaveOut() {
    if (System.getProperty(SETTING) == null) {
      System.setProperty(SETTING, "false");
    }
  }
}
