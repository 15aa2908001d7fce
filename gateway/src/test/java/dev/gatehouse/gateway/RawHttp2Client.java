package dev.gatehouse.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// A connection of HTTP/2 over TLS that sends exactly the given fields, valid or not. One request a
/// connection; for one thread.
final class RawHttp2Client implements Closeable {
  /// What became of a stream whose response has no status.
  static final int RESET = -1;

  /// What became of a stream whose connection ended.
  static final int GONE = -2;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int GO_AWAY = 7;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_BYTES = 5;
  private static final int PATIENCE_MILLIS = 20_000;

  private final SSLSocket socket;
  private final DataInputStream in;
  private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);
  private int lastStream = -1;

  /// A field as it is sent, one byte for each character.
  record Field(String name, String value) {}

  RawHttp2Client(int port, SSLContext tls) throws IOException {
    socket = (SSLSocket) tls.getSocketFactory().createSocket("localhost", port);
    SSLParameters wanted = socket.getSSLParameters();
    wanted.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(wanted);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.startHandshake();
    in = new DataInputStream(socket.getInputStream());
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /// Sends a request without a body and waits for what becomes of it: its status, or else.
  int send(List<Field> fields) throws IOException {
    lastStream += 2;
    frame(HEADERS, END_STREAM | END_HEADERS, lastStream, block(fields));
    return outcome(lastStream);
  }

  /// The same with a body.
  int send(List<Field> fields, String body) throws IOException {
    lastStream += 2;
    frame(HEADERS, END_HEADERS, lastStream, block(fields));
    frame(DATA, END_STREAM, lastStream, body.getBytes(ISO_8859_1));
    return outcome(lastStream);
  }

  private int outcome(int stream) throws IOException {
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int of = in.readInt();
        byte[] payload = in.readNBytes(length);
        if (type == SETTINGS && flags == 0) {
          frame(SETTINGS, 1, 0, new byte[0]);
        }
        if (type == GO_AWAY) {
          return GONE;
        }
        if (of == stream && type == RST_STREAM) {
          return RESET;
        }
        if (of == stream && type == HEADERS) {
          int skipped = (flags & PRIORITY) == 0 ? 0 : PRIORITY_BYTES;
          return status(stream, Arrays.copyOfRange(payload, skipped, length));
        }
      }
    } catch (EOFException closed) {
      return GONE;
    }
  }

  private int status(int stream, byte[] block) throws IOException {
    try {
      var head = hpack.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
      return Integer.parseInt(head.status().toString());
    } catch (Http2Exception unreadable) {
      throw new IOException(unreadable);
    }
  }

  /// Literal fields, never indexed and not compressed (RFC 7541, 6.2.2).
  private static byte[] block(List<Field> fields) {
    var block = new ByteArrayOutputStream();
    for (Field field : fields) {
      block.write(0);
      string(field.name(), block);
      string(field.value(), block);
    }
    return block.toByteArray();
  }

  private static void string(String text, ByteArrayOutputStream to) {
    int rest = text.length() - 127;
    if (rest < 0) {
      to.write(text.length());
    } else {
      to.write(127);
      for (; rest >= 128; rest /= 128) {
        to.write(rest % 128 + 128);
      }
      to.write(rest);
    }
    to.writeBytes(text.getBytes(ISO_8859_1));
  }

  private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    var frame =
        ByteBuffer.allocate(9 + payload.length)
            .put((byte) (payload.length >> 16))
            .putShort((short) payload.length)
            .put((byte) type)
            .put((byte) flags)
            .putInt(stream)
            .put(payload);
    socket.getOutputStream().write(frame.array());
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
