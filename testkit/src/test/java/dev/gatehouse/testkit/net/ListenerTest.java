package dev.gatehouse.testkit.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.RepeatedTest;

class ListenerTest {
  @RepeatedTest(20)
  void refusesWhoeverConnectsOnceItIsClosed() throws Exception {
    var listener = Listener.on(FreePorts.next(), ListenerTest::hangUp);
    new Socket(InetAddress.getLoopbackAddress(), listener.port()).close();

    listener.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), listener.port()))
        .isInstanceOf(ConnectException.class);
  }

  private static void hangUp(Socket accepted) {
    try {
      accepted.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
