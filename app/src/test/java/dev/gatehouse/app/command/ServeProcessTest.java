package dev.gatehouse.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeProcessTest {
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void drainsClosesInReverseOrderAndExitsWithZero(String signal) throws Exception {
    try (var process = ServeProcess.start("orderly", Map.of())) {
      process.send(signal);

      assertThat(process.rest())
          .filteredOn(line -> !line.startsWith("{"))
          .containsExactly("readiness is DRAINING", "listener closed", "pool closed");
      assertThat(process.status()).isZero();
    }
  }

  @Test
  void writesTheLastEventsBeforeItEnds() throws Exception {
    try (var process = ServeProcess.start("orderly", Map.of())) {
      process.send("TERM");

      assertThat(process.rest()).last().asString().contains("\"message\":\"Stopped\"");
    }
  }

  @Test
  void endsAtOnceAtTheSecondSignal() throws Exception {
    try (var process = ServeProcess.start("hanging", Map.of("GATEHOUSE_SHUTDOWN_GRACE", "5m"))) {
      process.send("TERM");
      process.waitFor("readiness is DRAINING");
      process.send("TERM");

      assertThat(process.status()).isEqualTo(143);
    }
  }

  @Test
  void endsWithAnErrorWhenTheGraceRunsOut() throws Exception {
    try (var process = ServeProcess.start("hanging", Map.of("GATEHOUSE_SHUTDOWN_GRACE", "4s"))) {
      process.send("TERM");

      assertThat(process.rest()).contains("pool closed").doesNotContain("listener closed");
      assertThat(process.status()).isEqualTo(1);
    }
  }
}
