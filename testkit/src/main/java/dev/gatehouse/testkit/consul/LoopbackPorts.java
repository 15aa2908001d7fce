package dev.gatehouse.testkit.consul;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports nobody uses at the moment, below those the system hands out by itself, so that no connection
/// of another test takes one in between.
final class LoopbackPorts {
  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;

  private LoopbackPorts() {}

  static int[] free(int count) {
    return ThreadLocalRandom.current()
        .ints(LOWEST, HIGHEST)
        .distinct()
        .filter(LoopbackPorts::isFree)
        .limit(count)
        .toArray();
  }

  private static boolean isFree(int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (ServerSocket stream = new ServerSocket();
        DatagramSocket packets = new DatagramSocket(address)) {
      stream.bind(address);
      return packets.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
