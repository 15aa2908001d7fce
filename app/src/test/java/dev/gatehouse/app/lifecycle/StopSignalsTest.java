package dev.gatehouse.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class StopSignalsTest {
  private static final int TERM = 15;

  private final List<Integer> halts = new CopyOnWriteArrayList<>();

  @Test
  void asksForAnOrderlyStopAtTheFirstSignal() throws InterruptedException {
    var signals = new StopSignals(Duration.ofMinutes(1), halts::add);
    signals.receive(TERM);
    signals.await();

    assertThat(halts).isEmpty();
  }

  @Test
  void haltsAtTheSecondSignal() {
    var signals = new StopSignals(Duration.ofMinutes(1), halts::add);
    signals.receive(TERM);
    signals.receive(TERM);

    assertThat(halts).containsExactly(143);
  }

  @Test
  void haltsWhenTheGraceRunsOut() {
    var signals = new StopSignals(Duration.ofMillis(20), halts::add);
    signals.receive(TERM);

    await().untilAsserted(() -> assertThat(halts).containsExactly(1));
  }
}
