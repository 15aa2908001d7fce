package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/// Accepts connections on a port of the loopback interface until it is closed. Thread-safe.
final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1_024;

  private final ServerSocket socket;
  private final Thread accepting;

  private Listener(int port, Consumer<Socket> accepted) throws IOException {
    socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    accepting = Thread.ofVirtual().name("listener-" + port).start(() -> accept(accepted));
  }

  /// Listens on a port.
  ///
  /// @param accepted receives each connection, one after another
  static Listener on(int port, Consumer<Socket> accepted) {
    try {
      return new Listener(port, accepted);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  /// The port.
  int port() {
    return socket.getLocalPort();
  }

  /// Stops listening. Afterwards all accepted connections have been passed on, and new ones are
  /// refused. It waits for the accepting thread, because a closed server socket accepts and resets
  /// connections until the virtual thread that waits on it has run once more.
  @Override
  public void close() {
    try {
      socket.close();
      accepting.join();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept(Consumer<Socket> accepted) {
    while (!socket.isClosed()) {
      try {
        accepted.accept(socket.accept());
      } catch (IOException failed) {
        // Either the socket was closed, which ends the loop, or a single connection failed.
      }
    }
  }
}
