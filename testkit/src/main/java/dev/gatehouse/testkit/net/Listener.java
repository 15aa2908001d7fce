package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/// A port of the loopback interface on which connections are accepted until it is closed.
/// Thread-safe.
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
  /// @param accepted is handed each connection, one after another
  static Listener on(int port, Consumer<Socket> accepted) {
    try {
      return new Listener(port, accepted);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
  }

  /// Where it listens.
  int port() {
    return socket.getLocalPort();
  }

  /// Stops listening. Once this returns, all that was accepted has been handed over, and anyone who
  /// connects is refused. For that it waits: a server socket that is closed alone takes
  /// connections, and resets them, until the virtual thread which waits on it has run once more.
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
        // Either the socket was closed, which ends the loop, or this one connection failed.
      }
    }
  }
}
