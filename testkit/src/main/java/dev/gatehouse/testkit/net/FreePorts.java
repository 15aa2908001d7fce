package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for servers, below the range of ephemeral ports, so that a restarted server finds its port
/// free. Each JVM has a slice of ports and returns them in turn, so that no port is returned twice
/// before a server uses it. Thread-safe.
public final class FreePorts {
  private static final PortSlice SLICE =
      PortSlice.claimed(Path.of(System.getProperty("java.io.tmpdir")));

  private static final AtomicInteger TURN =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(SLICE.size()));

  private FreePorts() {}

  /// A port that is free for TCP and UDP.
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
