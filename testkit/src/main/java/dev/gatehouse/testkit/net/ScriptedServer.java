package dev.gatehouse.testkit.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A server that records requests byte for byte and responds as configured. `GET /ready` is
/// separate: 200 unless configured otherwise. Thread-safe.
public final class ScriptedServer implements AutoCloseable {
  private static final int LONGEST_HEAD = 65_536;

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private volatile Listener listener;
  private volatile Behaviour behaviour = Behaviour.responding("200 OK", "hello");
  private volatile boolean ready = true;
  private volatile CountDownLatch bodies = new CountDownLatch(0);

  /// A request as received.
  ///
  /// @param head including the empty line
  /// @param body one character for each byte
  public record Received(String head, String body) {
    /// The value of a header, several joined by ` | `; empty when absent.
    public String header(String name) {
      String wanted = name.toLowerCase(Locale.ROOT) + ":";
      return head.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
          .map(line -> line.substring(wanted.length()).strip())
          .reduce((one, other) -> one + " | " + other)
          .orElse("");
    }
  }

  /// The reaction to a request.
  @FunctionalInterface
  public interface Behaviour {
    /// Responds to one request.
    ///
    /// @param out the connection, closed when this returns false
    boolean respond(Received request, Socket out) throws IOException, InterruptedException;

    /// The same for every request.
    static Behaviour responding(String status, String body, String... headers) {
      return (_, out) -> {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        write(
            out,
            "HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n".formatted(status, body.length(), more)
                + body);
        return true;
      };
    }

    /// Closes the connection instead.
    static Behaviour dyingBeforeTheResponse() {
      return (_, _) -> false;
    }

    /// Never responds.
    static Behaviour hanging() {
      return (_, out) -> out.getInputStream().read() >= 0;
    }
  }

  /// Listens on a port of the loopback interface and responds with a greeting.
  public ScriptedServer() {
    port = FreePorts.next();
    listen();
  }

  /// Writes characters as one byte each.
  public static void write(Socket out, String text) throws IOException {
    out.getOutputStream().write(text.getBytes(ISO_8859_1));
    out.getOutputStream().flush();
  }

  /// The address.
  public int port() {
    return port;
  }

  /// The requests so far, without those for readiness.
  public List<Received> received() {
    return received;
  }

  /// Sets the reaction to requests.
  public ScriptedServer behaving(Behaviour next) {
    behaviour = next;
    return this;
  }

  /// Sets the readiness.
  public void ready(boolean now) {
    ready = now;
  }

  /// Stops reading bodies.
  public void readNoBodies() {
    bodies = new CountDownLatch(1);
  }

  /// The number of open connections.
  public int connections() {
    return open.size();
  }

  /// Stops at once, as after kill -9.
  public void die() throws IOException {
    listener.close();
    bodies.countDown();
    for (Socket socket : open) {
      reset(socket);
    }
  }

  private static void reset(Socket socket) throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException closed) {
      // The other side closed first.
    }
    socket.close();
  }

  /// Starts again on the same port.
  public void listen() {
    listener = Listener.on(port, this::accept);
  }

  @Override
  public void close() throws IOException {
    die();
  }

  private void accept(Socket socket) {
    open.add(socket);
    Thread.ofVirtual().start(() -> serve(socket));
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      boolean going = true;
      while (going) {
        String head = head(in);
        if (head.isEmpty()) {
          return;
        }
        if (head.startsWith("GET /ready ")) {
          String status = ready ? "200 OK" : "503 Service Unavailable";
          write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
          continue;
        }
        bodies.await();
        var request = new Received(head, new String(body(head, in), ISO_8859_1));
        received.add(request);
        going = behaviour.respond(request, socket);
      }
    } catch (IOException broken) {
      // One of the sides has closed.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_HEAD) {
      int next = in.read();
      if (next < 0) {
        return "";
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static byte[] body(String head, InputStream in) throws IOException {
    String length = new Received(head, "").header("content-length");
    if (!length.isEmpty()) {
      return in.readNBytes(Integer.parseInt(length));
    }
    return head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")
        ? chunked(in)
        : new byte[0];
  }

  private static byte[] chunked(InputStream in) throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(in), 16);
      body.writeBytes(in.readNBytes(size));
      line(in);
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
