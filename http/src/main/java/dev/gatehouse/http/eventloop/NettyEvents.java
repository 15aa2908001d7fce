package dev.gatehouse.http.eventloop;

/// What Netty would tell the JDK's flight recorder of each buffer it allocates.
public final class NettyEvents {
  private static final String SETTING = "io.netty.jfr.enabled";

  private NettyEvents() {}

  /// Leaves the recorder alone, unless the setting says otherwise: without a recording too, the
  /// first buffer would set all of it up. To be said before anything loads Netty.
  public static void leaveOut() {
    if (System.getProperty(SETTING) == null) {
      System.setProperty(SETTING, "false");
    }
  }
}
