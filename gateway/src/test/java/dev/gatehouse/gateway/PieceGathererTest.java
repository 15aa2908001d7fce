package dev.gatehouse.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PieceGathererTest {
  private final Vertx vertx = Vertx.vertx();
  private final List<Buffer> written = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void writesTogetherWhatArrivedTogether() throws Exception {
    gather(100, 500, 0);

    assertThat(written).map(Buffer::length).containsExactly(50_000);
    assertThat(written.getFirst().getByte(49_999)).isEqualTo((byte) 99);
  }

  @Test
  void gathersABoundedAmount() throws Exception {
    gather(1_000, 500, 0);

    assertThat(written).hasSizeLessThan(10).allMatch(buffer -> buffer.length() < 70_000);
    assertThat(written.stream().mapToInt(Buffer::length).sum()).isEqualTo(500_000);
  }

  @Test
  void writesNothingThatWasTakenBefore() throws Exception {
    gather(3, 500, 1_500);

    assertThat(written).isEmpty();
  }

  /// Adds pieces within one step of an event loop, and waits for what follows from it.
  private void gather(int pieces, int size, int taken) throws Exception {
    var done = new CompletableFuture<Void>();
    vertx.runOnContext(
        _ -> {
          var gatherer = new PieceGatherer(written::add);
          for (int i = 0; i < pieces; i++) {
            byte[] piece = new byte[size];
            piece[size - 1] = (byte) i;
            gatherer.add(Buffer.buffer(piece));
          }
          if (taken > 0) {
            assertThat(gatherer.take().length()).isEqualTo(taken);
          }
          Vertx.currentContext().runOnContext(_ -> done.complete(null));
        });
    done.get(10, TimeUnit.SECONDS);
  }
}
