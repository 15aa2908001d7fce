package dev.gatehouse.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.resilience.CallResult;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OutcomeLabelTest {
  @Test
  void keepsTheNamesThatDashboardsUse() {
    assertThat(Stream.of(CallResult.values()).map(OutcomeLabel::of))
        .containsExactly(
            "answered",
            "error",
            "late",
            "unreachable",
            "unavailable",
            "abandoned",
            "broken",
            "saturated");
  }
}
