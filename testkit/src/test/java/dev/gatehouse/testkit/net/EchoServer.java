package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.net.Socket;

/// Sends back what it is sent.
final class EchoServer implements AutoCloseable {
  private final Listener listener =
      Listener.on(
          FreePorts.next(), client -> Thread.ofVirtual().start(() -> EchoServer.echo(client)));

  int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException reset) {
      // The proxy does that; the test looks at the other side.
    }
  }
}
