package dev.gatehouse.api.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.periodic.PeriodicTaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthBodyTest {
  private static final Duration AGE = Duration.ofMillis(4_900);

  @Test
  void livesWithoutTasks() {
    assertThat(HealthBody.of(List.of()).alive()).isTrue();
  }

  @Test
  void livesWhileATaskFails() {
    var body = HealthBody.of(List.of(task("cleanup", true, 3), task("heartbeat", true, 0)));

    assertThat(body.status()).isEqualTo("up");
    assertThat(body.checks())
        .containsEntry("cleanup", new HealthBody.Task("failing", 4))
        .containsEntry("heartbeat", new HealthBody.Task("up", 4));
  }

  @Test
  void isDownOnceAThreadHasDied() {
    var body = HealthBody.of(List.of(task("cleanup", false, 0), task("heartbeat", true, 0)));

    assertThat(body.status()).isEqualTo("down");
    assertThat(body.checks()).containsEntry("cleanup", new HealthBody.Task("down", 4));
  }

  private static PeriodicTaskStatus task(String name, boolean alive, int failures) {
    return new PeriodicTaskStatus(name, alive, AGE, failures);
  }
}
