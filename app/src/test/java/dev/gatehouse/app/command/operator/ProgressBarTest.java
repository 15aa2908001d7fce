package dev.gatehouse.app.command.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long nanos = 7;

  @Test
  void isDrawnTenTimesASecondAtMostAndLeavesNothing() {
    try (var bar = bar(true)) {
      bar.show(1, OptionalDouble.of(0.1));
      nanos += Duration.ofSeconds(2).toNanos();
      bar.show(3_000, OptionalDouble.of(0.5));
      bar.show(3_001, OptionalDouble.of(0.5));
      nanos += Duration.ofSeconds(1).toNanos();
      bar.show(6_000, OptionalDouble.empty());
    }
    assertThat(err.toString(UTF_8).split("\r\u001B\\[K", -1))
        .containsExactly(
            "",
            "[###############---------------]  50 %  3,000 users, 1,500 a second",
            "6,000 users, 2,000 a second",
            "");
  }

  @Test
  void endsComplete() {
    try (var bar = bar(true)) {
      nanos += Duration.ofSeconds(2).toNanos();
      bar.show(3_000, OptionalDouble.of(0.5));
      bar.finish(6_000);
    }
    assertThat(err.toString(UTF_8))
        .contains("[##############################] 100 %  6,000 users, 3,000 a second\n");
  }

  @Test
  void isNotDrawnWhereNobodySeesIt() {
    try (var bar = bar(false)) {
      nanos += Duration.ofSeconds(2).toNanos();
      bar.show(3_000, OptionalDouble.of(0.5));
      bar.clear();
    }
    assertThat(err.size()).isZero();
  }

  private ProgressBar bar(boolean shown) {
    return new ProgressBar(new PrintStream(err, true, UTF_8), shown, () -> nanos, "users");
  }
}
