package dev.gatehouse.testkit.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/// One connection through the proxy, which forwards both directions in pieces.
final class ProxiedConnection {
  private static final int PIECE = 8_192;
  private static final int THROTTLED_PIECES_PER_SECOND = 20;

  private final ReentrantLock resetting = new ReentrantLock();
  private final Socket client;
  private final Socket server;
  private final FaultSwitch fault;
  private final double truncation;
  private final Direction there;
  private final Direction back;
  private final LongConsumer carried;
  private long returned;

  ProxiedConnection(
      Socket client, Socket server, FaultSwitch fault, Random random, LongConsumer carried) {
    this.client = client;
    this.server = server;
    this.fault = fault;
    this.truncation = random.nextDouble();
    this.there = new Direction(client, server, new Random(random.nextLong()), false);
    this.back = new Direction(server, client, new Random(random.nextLong()), true);
    this.carried = carried;
  }

  /// Forwards until either side closes or the connection is reset.
  void run() {
    Thread responses = Thread.ofVirtual().start(() -> pump(back));
    pump(there);
    try {
      responses.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /// Resets the connection to both sides. Both directions and the proxy may call it concurrently.
  void reset() {
    resetting.lock();
    try {
      reset(client);
      reset(server);
    } finally {
      resetting.unlock();
    }
  }

  private void pump(Direction direction) {
    byte[] piece = new byte[PIECE];
    try {
      for (int read = read(direction, piece); read >= 0; read = read(direction, piece)) {
        int passed = pass(read, direction);
        // Counted before they are sent, so that a reader finds them counted.
        carried.accept(passed);
        direction.to.getOutputStream().write(piece, 0, passed);
        if (passed < read) {
          reset();
          return;
        }
      }
      direction.to.shutdownOutput();
    } catch (IOException broken) {
      reset();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      reset();
    }
  }

  private int read(Direction direction, byte[] piece) throws IOException {
    int most =
        fault.get() instanceof Fault.Throttle(int bytesPerSecond)
            ? Math.clamp(bytesPerSecond / THROTTLED_PIECES_PER_SECOND, 1, PIECE)
            : PIECE;
    return direction.from.getInputStream().read(piece, 0, most);
  }

  /// Waits as the fault requires, and returns how much of a piece to forward.
  private int pass(int length, Direction direction) throws InterruptedException {
    return switch (fault.awaitMovement()) {
      case Fault.None none -> length;
      case Fault.Hang hang -> length;
      case Fault.Cut cut -> 0;
      case Fault.Delay(Duration least, Duration spread) -> {
        Thread.sleep(least.plusNanos((long) (direction.random.nextDouble() * spread.toNanos())));
        yield length;
      }
      case Fault.Throttle(int bytesPerSecond) -> {
        Thread.sleep(Duration.ofNanos(length * 1_000_000_000L / bytesPerSecond));
        yield length;
      }
      case Fault.Truncate(int most) -> direction.responses ? truncated(length, most) : length;
    };
  }

  private int truncated(int length, int most) {
    long left = (long) (truncation * most) - returned;
    int passed = Math.clamp(left, 0, length);
    returned += passed;
    return passed;
  }

  private static void reset(Socket socket) {
    try {
      if (!socket.isClosed()) {
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        socket.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private record Direction(Socket from, Socket to, Random random, boolean responses) {}
}
