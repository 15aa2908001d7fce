package dev.gatehouse.testkit.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A connection that sends single commands (the RESP protocol of Redis).
final class RedisConversation implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int LONGEST_REPLY = 65_536;

  private final Socket socket;

  RedisConversation(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(TIMEOUT_MILLIS);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Sends a command and returns the beginning of the raw reply.
  String say(String... words) {
    var request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    try {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      byte[] reply = new byte[LONGEST_REPLY];
      int read = socket.getInputStream().read(reply);
      return new String(reply, 0, Math.max(read, 0), StandardCharsets.UTF_8).strip();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
