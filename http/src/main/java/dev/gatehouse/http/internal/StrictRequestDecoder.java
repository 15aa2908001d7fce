package dev.gatehouse.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Marks as invalid what the decoder of Vert.x repairs silently, so that nothing of it can be seen
/// later: folded header lines (RFC 9112, 5.2), headers without a name, a second Content-Length in
/// HTTP/1.0, and a Content-Length beside a Transfer-Encoding (RFC 9112, 6.1). Other versions than
/// 1.0 and 1.1 are invalid as well. Keeps back the body that is not framed as announced, for which
/// Vert.x would drop the connection without a response.
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  private static final AsciiString LENGTH = AsciiString.cached("content-length");

  private final Runnable brokenBody;
  private boolean inHead = true;
  private boolean pastRequestLine;
  private boolean hasLength;
  private boolean ambiguous;

  /// @param brokenBody called when a body is not framed as announced
  StrictRequestDecoder(HttpServerOptions options, Runnable brokenBody) {
    super(options);
    this.brokenBody = brokenBody;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (inHead) {
      lookForFolds(buffer);
    }
    int before = out.size();
    super.decode(context, buffer, out);
    for (int index = before; index < out.size(); index++) {
      follow(context, out.get(index));
    }
    keepBackBrokenBody(out);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    ambiguous = true;
    super.handleTransferEncodingChunkedWithContentLength(message);
  }

  private void follow(ChannelHandlerContext context, Object decoded) {
    if (decoded instanceof HttpRequest request) {
      inHead = false;
      refuseAmbiguous(request);
      mergeChunks(context, request);
    }
    if (decoded instanceof LastHttpContent) {
      inHead = true;
      pastRequestLine = false;
      hasLength = false;
      ambiguous = false;
    }
  }

  /// From the first chunked body of the connection on: most connections never carry one.
  private static void mergeChunks(ChannelHandlerContext context, HttpRequest request) {
    if (HttpUtil.isTransferEncodingChunked(request)
        && context.pipeline().get(ChunkMerger.class) == null) {
      context.pipeline().addAfter(context.name(), "chunkMerger", new ChunkMerger());
    }
  }

  private void keepBackBrokenBody(List<Object> out) {
    if (!out.isEmpty()
        && out.getLast() instanceof HttpContent content
        && !(content instanceof HttpMessage)
        && content.decoderResult().isFailure()) {
      out.removeLast();
      content.release();
      brokenBody.run();
    }
  }

  private void refuseAmbiguous(HttpRequest request) {
    if (request.decoderResult().isSuccess() && (ambiguous || !isKnown(request.protocolVersion()))) {
      request.setDecoderResult(
          DecoderResult.failure(new DecoderException("ambiguous head of a request")));
    }
  }

  /// Vert.x knows the versions by these very objects, and responds to all others in plain text.
  @SuppressWarnings("ReferenceEquality")
  private static boolean isKnown(HttpVersion version) {
    return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
  }

  /// The decoder takes whole lines, so that the buffer begins with a line whenever it is in a head.
  private void lookForFolds(ByteBuf buffer) {
    int lineStart = buffer.readerIndex();
    while (lineStart < buffer.writerIndex()) {
      byte first = buffer.getByte(lineStart);
      boolean blank = first == '\r' || first == '\n';
      if (pastRequestLine && blank) {
        return;
      }
      boolean nameless = first == ' ' || first == '\t' || first == ':';
      ambiguous |= pastRequestLine && nameless;
      int length = buffer.bytesBefore(lineStart, buffer.writerIndex() - lineStart, (byte) '\n');
      if (length < 0) {
        return;
      }
      if (pastRequestLine && isLength(buffer, lineStart, length)) {
        ambiguous |= hasLength;
        hasLength = true;
      }
      pastRequestLine |= !blank;
      lineStart += length + 1;
    }
  }

  private static boolean isLength(ByteBuf buffer, int lineStart, int length) {
    return length > LENGTH.length()
        && buffer.getByte(lineStart + LENGTH.length()) == ':'
        && LENGTH.contentEqualsIgnoreCase(
            buffer.getCharSequence(lineStart, LENGTH.length(), StandardCharsets.US_ASCII));
  }
}
