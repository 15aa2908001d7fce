package dev.gatehouse.app.system.budget;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;

/// Passes connections on to a server of this machine and shows each direction's bytes to an
/// observer before they arrive. Thread-safe.
final class WireProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final ServerSocket listener;
  private final int serverPort;
  private final Supplier<Conversation> conversations;

  /// Observes one connection. Each method is called by one thread.
  interface Conversation {
    /// The client has sent these bytes.
    void request(byte[] bytes, int length);

    /// The server has sent these bytes.
    void response(byte[] bytes, int length);
  }

  private WireProxy(ServerSocket listener, int serverPort, Supplier<Conversation> conversations) {
    this.listener = listener;
    this.serverPort = serverPort;
    this.conversations = conversations;
  }

  /// Listens on a free port until it is closed.
  static WireProxy to(int serverPort, Supplier<Conversation> conversations) {
    try {
      var listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next()));
      var proxy = new WireProxy(listener, serverPort, conversations);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Where it listens.
  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        var server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Conversation observer = conversations.get();
        Thread.ofVirtual().start(() -> copy(client, server, observer::request));
        Thread.ofVirtual().start(() -> copy(server, client, observer::response));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private interface Part {
    void seen(byte[] bytes, int length);
  }

  private static void copy(Socket from, Socket to, Part observer) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        observer.seen(buffer, length);
        out.write(buffer, 0, length);
      }
    } catch (IOException closed) {
      // Either side has ended the connection; both are closed.
    }
  }
}
