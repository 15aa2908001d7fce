package dev.gatehouse.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/// Ports of this machine that no one uses: those people expect when they are free, others
/// otherwise. Each is given once.
final class DemoPorts {
  private static final int FIRST = 20_000;
  private static final int BEYOND_LAST = 32_000;

  private final Set<Integer> given = new HashSet<>();

  int preferring(int port) {
    return IntStream.concat(IntStream.of(port), IntStream.range(FIRST, BEYOND_LAST))
        .filter(this::take)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no port is free"));
  }

  private boolean take(int port) {
    return !given.contains(port) && isFree(port) && given.add(port);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
