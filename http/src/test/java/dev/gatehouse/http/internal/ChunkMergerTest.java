package dev.gatehouse.http.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChunkMergerTest {
  private static final String HEAD = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

  private final EmbeddedChannel channel =
      new EmbeddedChannel(new HttpRequestDecoder(), new ChunkMerger());

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void mergesSmallChunksOfOneRead() {
    channel.writeInbound(bytes(HEAD + "3\r\nabc\r\n".repeat(100) + "0\r\n\r\n"));

    assertThat(pieces()).containsExactly("abc".repeat(100), "");
  }

  @Test
  void passesOnWhatOneReadBringsAtItsEnd() {
    channel.writeInbound(bytes(HEAD + "3\r\nabc\r\n"));
    channel.writeInbound(bytes("3\r\ndef\r\n3\r\nghi\r\n"));

    assertThat(pieces()).containsExactly("abc", "defghi");
  }

  @Test
  void keepsTheOrderOfSmallAndLargeChunks() {
    String large = "x".repeat(5_000);
    channel.writeInbound(
        bytes(HEAD + "3\r\nabc\r\n1388\r\n" + large + "\r\n3\r\ndef\r\n0\r\n\r\n"));

    assertThat(pieces()).containsExactly("abc", large, "def", "");
  }

  @Test
  void keepsTheBodiesOfTwoRequestsApart() {
    String request = HEAD + "3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n";
    channel.writeInbound(bytes(request + request));

    assertThat(pieces()).containsExactly("abcdef", "", "abcdef", "");
  }

  @Test
  void mergesABoundedAmount() {
    channel.writeInbound(bytes(HEAD + "3e8\r\n%s\r\n".formatted("x".repeat(1_000)).repeat(200)));

    assertThat(pieces()).hasSize(12).allMatch(piece -> piece.length() < 20_000);
  }

  @Test
  void releasesWhatItHoldsWhenItIsRemoved() {
    var chunk = new DefaultHttpContent(bytes("abc"));
    channel.pipeline().fireChannelRead(chunk);

    channel.pipeline().remove(ChunkMerger.class);

    assertThat(chunk.refCnt()).isZero();
    assertThat(pieces()).isEmpty();
  }

  @Test
  void passesOnWhatItHoldsBeforeTheEndOfTheConnection() {
    var order = new ArrayList<String>();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                order.add("content");
                ((HttpContent) message).release();
              }

              @Override
              public void channelInactive(ChannelHandlerContext context) {
                order.add("end");
              }
            });
    channel.pipeline().fireChannelRead(new DefaultHttpContent(bytes("abc")));

    channel.pipeline().fireChannelInactive();

    assertThat(order).containsExactly("content", "end");
  }

  private List<String> pieces() {
    var pieces = new ArrayList<String>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof LastHttpContent last) {
        pieces.add("");
        last.release();
      } else if (next instanceof HttpContent content) {
        pieces.add(content.content().toString(US_ASCII));
        content.release();
      } else {
        assertThat(next).isInstanceOf(HttpRequest.class);
      }
    }
    return pieces;
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }
}
