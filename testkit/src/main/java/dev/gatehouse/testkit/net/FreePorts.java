package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports to start servers on. They lie below the range from which the operating system takes the local
/// ports of connections, so that a server which is stopped finds its port free when it starts again.
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int BEYOND_LAST = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePorts() {}

  /// A port nothing listens on at present.
  public static int next() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND_LAST);
      if (free(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port found");
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
