package dev.gatehouse.http.internal;

import dev.gatehouse.http.address.ClientAddress;
import dev.gatehouse.http.address.IpAddress;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Watches over one connection, next to the socket: how long it may wait for a head, be idle, work
/// on a request. Keeps no timer; [Connections] asks it now and then. Used by its event loop alone.
public final class Connection extends ChannelDuplexHandler {
  private static final AttributeKey<Connection> KEY =
      AttributeKey.valueOf(Connection.class, "connection");
  private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String DECODER = "httpDecoder";

  private enum State {
    IDLE,
    HEAD,
    BUSY,
    LINGERING
  }

  private record Lingering(ChannelHandlerContext context, ChannelPromise closed) {}

  private final HttpServerConnection http;
  private final Connections connections;
  private final ServerContext server;
  private final IpAddress peer;
  private final ClientAddress peerAddress;
  private State state = State.HEAD;
  private long deadline;
  private boolean ending;
  private boolean unread;
  private boolean multiplexed;
  private final List<ActiveRequest> requests = new ArrayList<>(1);
  private @Nullable Lingering lingering;

  Connection(HttpServerConnection http, Connections connections, ServerContext server) {
    this.http = http;
    this.connections = connections;
    this.server = server;
    this.peer = peer(http);
    this.peerAddress = ClientAddress.of(peer);
    this.deadline = System.nanoTime() + server.headerNanos();
  }

  /// The address is unknown when the client has left already.
  private static IpAddress peer(HttpServerConnection http) {
    return http.channelHandlerContext().channel().remoteAddress()
            instanceof InetSocketAddress socket
        ? IpAddress.of(socket.getAddress())
        : IpAddress.UNSPECIFIED;
  }

  static Connection of(HttpServerRequest request) {
    var http = (HttpServerConnection) request.connection();
    return http.channelHandlerContext().channel().attr(KEY).get();
  }

  /// Takes its place next to the socket, and a stricter decoder the place of the usual one where
  /// the client speaks HTTP/1.1.
  void install(HttpServerOptions options) {
    http.channelHandlerContext().channel().attr(KEY).set(this);
    var pipeline = http.channelHandlerContext().pipeline().addFirst(this);
    multiplexed = pipeline.get(DECODER) == null;
    if (multiplexed) {
      checkStreams(pipeline.get(Http2ConnectionHandler.class));
    } else {
      pipeline.replace(DECODER, DECODER, new StrictRequestDecoder(options, this::brokenBody));
    }
  }

  private static void checkStreams(Http2ConnectionHandler handler) {
    handler.decoder().frameListener(new StrictStreams(handler.decoder().frameListener()));
  }

  /// The other end of the socket.
  IpAddress peer() {
    return peer;
  }

  ClientAddress peerAddress() {
    return peerAddress;
  }

  ServerContext context() {
    return server;
  }

  /// Whether no further request of this connection is to be served.
  public boolean isEnding() {
    return ending;
  }

  /// Serves no further request; the connection is closed once the response is out.
  ///
  /// @param mayBeUnread whether the client may still be sending, so that closing at once could take
  ///     the response away from it
  public void end(boolean mayBeUnread) {
    ending = true;
    unread |= mayBeUnread;
  }

  void begin(ActiveRequest begun) {
    state = State.BUSY;
    requests.add(begun);
  }

  /// Must be called before the end of the response is written: that may begin the next request.
  public void finish(ActiveRequest finished) {
    requests.remove(finished);
    if (requests.isEmpty() && state == State.BUSY) {
      state = State.IDLE;
      deadline = System.nanoTime() + server.idleNanos();
    }
  }

  /// Closes the connection after what was written.
  public void close() {
    http.close();
  }

  /// Closes from next to the socket, without waiting for the client to take what was written: it
  /// may never do so.
  public void abort() {
    var _ = http.channelHandlerContext().pipeline().context(this).close();
  }

  /// Runs something on the event loop of the connection.
  public void execute(Runnable onEventLoop) {
    http.channelHandlerContext().channel().eventLoop().execute(onEventLoop);
  }

  void check(long now) {
    switch (state) {
      case IDLE, HEAD -> {
        if (now - deadline >= 0) {
          abort();
        }
      }
      case BUSY -> List.copyOf(requests).forEach(each -> each.check(now));
      case LINGERING -> {
        if (now - deadline >= 0 && lingering != null) {
          var _ = lingering.context().close(lingering.closed());
        }
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (state == State.LINGERING) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (state == State.IDLE && !multiplexed && message instanceof ByteBuf) {
      state = State.HEAD;
      deadline = System.nanoTime() + server.headerNanos();
    }
    context.fireChannelRead(message);
  }

  /// Closing with bytes unread resets the connection, and the client may lose the response before
  /// it has read it (RFC 9112, 9.6): shut the output down, and discard what still arrives.
  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    boolean linger = unread && state != State.LINGERING && context.channel().isActive();
    if (linger && context.channel() instanceof DuplexChannel socket) {
      state = State.LINGERING;
      deadline = System.nanoTime() + LINGER_NANOS;
      lingering = new Lingering(context, promise);
      socket.config().setAutoRead(true);
      var _ = socket.shutdownOutput();
      return;
    }
    var _ = context.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closed();
    context.fireChannelInactive();
  }

  /// The body may be that of a pipelined request whose turn has not come: it then gets no response.
  private void brokenBody() {
    end(true);
    List.copyOf(requests).forEach(ActiveRequest::brokenBody);
  }

  private void closed() {
    connections.remove(this);
    List.copyOf(requests).forEach(ActiveRequest::abandon);
    requests.clear();
    if (lingering != null) {
      lingering.closed().trySuccess();
    }
  }
}
