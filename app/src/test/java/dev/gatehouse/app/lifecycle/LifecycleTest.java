package dev.gatehouse.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private final List<String> closed = new CopyOnWriteArrayList<>();
  private final Lifecycle lifecycle = new Lifecycle(System::nanoTime);

  @Test
  void closesLastInFirstOut() {
    start("pool");
    start("workers");
    start("listener");

    assertThat(lifecycle.close(Duration.ofSeconds(10))).isTrue();
    assertThat(closed).containsExactly("listener", "workers", "pool");
  }

  @Test
  void closesTheRestWhenOneFails() {
    start("pool");
    lifecycle.start("workers", () -> () -> fail());
    start("listener");

    assertThat(lifecycle.close(Duration.ofSeconds(10))).isFalse();
    assertThat(closed).containsExactly("listener", "pool");
  }

  @Test
  void closesTheRestWhenOneHangs() {
    start("pool");
    lifecycle.start("listener", () -> () -> new CountDownLatch(1).await());

    long before = System.nanoTime();

    assertThat(lifecycle.close(Duration.ofMillis(400))).isFalse();
    await().untilAsserted(() -> assertThat(closed).containsExactly("pool"));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void closesNothingTwice() {
    start("pool");
    lifecycle.close(Duration.ofSeconds(10));

    assertThat(lifecycle.close(Duration.ofSeconds(10))).isTrue();
    assertThat(closed).containsExactly("pool");
  }

  @Test
  void withdrawsWhatWasAnnouncedAndClosesNothingElse() {
    start("listener");
    lifecycle.whenReady("the registration", () -> () -> closed.add("registration"));
    lifecycle.announce();

    assertThat(lifecycle.withdraw(Duration.ofSeconds(10))).isTrue();
    assertThat(closed).containsExactly("registration");
    assertThat(lifecycle.close(Duration.ofSeconds(10))).isTrue();
    assertThat(closed).containsExactly("registration", "listener");
  }

  @Test
  void announcesNothingBeforeAllIsReady() {
    lifecycle.whenReady("the registration", () -> () -> closed.add("registration"));

    assertThat(lifecycle.close(Duration.ofSeconds(10))).isTrue();
    assertThat(closed).isEmpty();
  }

  @Test
  void saysWhichPartDidNotStartAndWhy() {
    assertThatThrownBy(
            () ->
                lifecycle.start(
                    "the listener on 127.0.0.1:8080",
                    () -> {
                      throw new IOException(new BindException("Address already in use"));
                    }))
        .isInstanceOf(StartFailure.class)
        .hasMessage("the listener on 127.0.0.1:8080 did not start: Address already in use");
  }

  @Test
  void keepsTheWordsOfThePartItself() {
    var cause = new IllegalStateException("the schema is newer", new IOException("refused"));

    assertThat(new StartFailure("the schema", cause))
        .hasMessage("the schema did not start: the schema is newer");
  }

  private void start(String name) {
    lifecycle.start(name, () -> () -> closed.add(name));
  }

  private static void fail() throws IOException {
    throw new IOException("broken");
  }
}
