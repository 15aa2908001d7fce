package dev.gatehouse.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A connection to a server under test that sends exactly the given bytes, valid or not, and parses
/// responses independently. For one thread.
public final class RawHttpClient implements Closeable {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final Socket socket;
  private final InputStream in;

  /// Connects to a port of this machine.
  public RawHttpClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /// Uses an existing connection, such as one over TLS.
  public RawHttpClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout((int) TIMEOUT.toMillis());
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /// A response as received.
  ///
  /// @param headers by lower-case name; the last of several wins
  /// @param text the body
  public record RawResponse(int status, Map<String, String> headers, String text) {
    /// A header, or an empty string.
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /// Sends characters as one byte each.
  public RawHttpClient send(String bytes) throws IOException {
    return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends bytes.
  public RawHttpClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// Reads the response to anything but HEAD.
  public RawResponse read() throws IOException {
    return read(true);
  }

  /// Reads the response to HEAD, which has no body.
  public RawResponse readHead() throws IOException {
    return read(false);
  }

  /// Whether the server closes the connection without sending more.
  public boolean isClosedByServer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  /// Closes the output; responses can still be read.
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private RawResponse read(boolean withBody) throws IOException {
    String[] statusLine = line().split(" ", 3);
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = withBody ? in.readNBytes(length) : new byte[0];
    return new RawResponse(
        Integer.parseInt(statusLine[1]), headers, new String(body, StandardCharsets.UTF_8));
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("closed after " + line.size() + " bytes of a line");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
