package dev.gatehouse.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
  private static final long SEED = 7;

  private final EchoServer server = new EchoServer();
  private final FaultProxy proxy = FaultProxy.to(server.port(), SEED);

  @AfterEach
  void stop() {
    proxy.close();
    server.close();
  }

  @Test
  void carriesBytesBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, 100_000)).isEqualTo(100_000);
    }
    assertThat(proxy.carriedBytes()).isEqualTo(200_000);
  }

  @Test
  void delaysEachPiece() throws IOException {
    proxy.set(new Fault.Delay(Duration.ofMillis(60), Duration.ofMillis(20)));
    try (Socket client = connect()) {
      long began = System.nanoTime();

      assertThat(echo(client, 10)).isEqualTo(10);
      assertThat(since(began)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
    }
  }

  @Test
  void hangsAndCarriesWhatItHeldBackOnceHealed() throws IOException {
    try (Socket client = connect()) {
      proxy.set(new Fault.Hang());
      client.getOutputStream().write(new byte[10]);
      client.setSoTimeout(200);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);

      proxy.heal();
      client.setSoTimeout(5_000);
      assertThat(client.getInputStream().readNBytes(10)).hasSize(10);
    }
  }

  @Test
  void cutsConnectionsAndRefusesNewOnesUntilHealed() throws IOException {
    try (Socket client = connect()) {
      assertThat(echo(client, 10)).isEqualTo(10);
      proxy.set(new Fault.Cut());

      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
    }
    try (Socket refused = connect()) {
      assertThatThrownBy(() -> echo(refused, 10)).isInstanceOf(IOException.class);
    }
    proxy.heal();
    try (Socket again = connect()) {
      assertThat(echo(again, 10)).isEqualTo(10);
    }
  }

  @Test
  void truncatesAtThePlacesTheSeedChooses() throws IOException {
    proxy.set(new Fault.Truncate(1_000));
    int first = bytesBeforeReset(proxy);
    int second = bytesBeforeReset(proxy);

    try (var same = FaultProxy.to(server.port(), SEED)) {
      same.set(new Fault.Truncate(1_000));
      assertThat(bytesBeforeReset(same)).isEqualTo(first).isLessThan(1_000);
      assertThat(bytesBeforeReset(same)).isEqualTo(second).isNotEqualTo(first);
    }
  }

  @Test
  void throttlesToARate() throws IOException {
    proxy.set(new Fault.Throttle(20_000));
    try (Socket client = connect()) {
      long began = System.nanoTime();

      assertThat(echo(client, 10_000)).isEqualTo(10_000);
      assertThat(since(began)).isGreaterThanOrEqualTo(Duration.ofMillis(450));
    }
  }

  private Socket connect() throws IOException {
    return connect(proxy);
  }

  private static Socket connect(FaultProxy proxy) throws IOException {
    var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    client.setSoTimeout(5_000);
    return client;
  }

  private static int echo(Socket client, int length) throws IOException {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                client.getOutputStream().write(new byte[length]);
              } catch (IOException reset) {
                // The reader below sees the same.
              }
            });
    int read = client.getInputStream().readNBytes(length).length;
    if (read < length) {
      throw new IOException("ended after " + read);
    }
    return read;
  }

  private static int bytesBeforeReset(FaultProxy proxy) throws IOException {
    try (Socket client = connect(proxy)) {
      client.getOutputStream().write(new byte[2_000]);
      int count = 0;
      try {
        while (client.getInputStream().read() >= 0) {
          count++;
        }
      } catch (IOException reset) {
        return count;
      }
      return count;
    }
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
