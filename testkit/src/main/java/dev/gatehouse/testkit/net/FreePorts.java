package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports to start servers on. They lie below the range from which the operating system takes the
/// local ports of connections, so that a server which is stopped finds its port free when it starts
/// again. Each JVM has its own slice and gives its ports in turn, so that no one else is given one
/// before a server listens on it. Thread-safe.
public final class FreePorts {
  private static final PortSlice SLICE =
      PortSlice.claimed(Path.of(System.getProperty("java.io.tmpdir")));

  private static final AtomicInteger TURN =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(SLICE.size()));

  private FreePorts() {}

  /// A port no one uses at present, neither for streams nor for packets.
  public static int next() {
    for (int attempt = 0; attempt < SLICE.size(); attempt++) {
      int port = SLICE.first() + Math.floorMod(TURN.getAndIncrement(), SLICE.size());
      if (free(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port found");
  }

  private static boolean free(int port) {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (var stream = new ServerSocket();
        var packets = new DatagramSocket(address)) {
      stream.bind(address);
      return packets.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
