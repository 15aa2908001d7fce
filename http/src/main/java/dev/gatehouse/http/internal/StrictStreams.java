package dev.gatehouse.http.internal;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Resets streams whose head Vert.x would take for another one or fail over: a method that is none
/// ends the whole connection there, and of two hosts or pseudo-header fields it sees the first.
final class StrictStreams extends Http2FrameListenerDecorator {
  private static final List<CharSequence> AT_MOST_ONE =
      List.of(":method", ":scheme", ":authority", ":path", "host", "content-length");

  StrictStreams(Http2FrameListener listener) {
    super(listener);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers head, int padding, boolean end)
      throws Http2Exception {
    check(stream, head);
    super.onHeadersRead(context, stream, head, padding, end);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers head,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean end)
      throws Http2Exception {
    check(stream, head);
    super.onHeadersRead(context, stream, head, dependency, weight, exclusive, padding, end);
  }

  private static void check(int stream, Http2Headers head) throws Http2Exception {
    for (CharSequence name : AT_MOST_ONE) {
      if (head.getAll(name).size() > 1) {
        throw malformed(stream, "a field that may be there once is there more often");
      }
    }
    if (!isToken(head.method())) {
      throw malformed(stream, "the method is no token");
    }
  }

  private static boolean isToken(@Nullable CharSequence method) {
    return method == null || FieldLines.isName(method.toString().toLowerCase(Locale.ROOT));
  }

  private static Http2Exception malformed(int stream, String reason) {
    return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, reason);
  }
}
