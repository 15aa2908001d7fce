package dev.gatehouse.http.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";

  private final LongSupplier random = new Random(3)::nextLong;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-03",
        "01-" + TRACE + "-" + SPAN + "-01",
        "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-brings"
      })
  void goesOnWithTheTraceOfTheClient(String traceparent) {
    TraceContext trace = of(traceparent, "vendor=x");

    assertThat(trace.traceId()).isEqualTo(TRACE);
    assertThat(trace.parentSpanId()).contains(SPAN);
    assertThat(trace.parentSampled()).isTrue();
    assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN);
    assertThat(trace.traceIdLow()).isEqualTo(0xa3ce929d0e0e4736L);
    assertThat(trace.state()).contains("vendor=x");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01-",
        "00-" + TRACE + "-" + SPAN + "-01-more",
        "00-" + TRACE + "-" + SPAN + "-1",
        "00-" + TRACE + "-" + SPAN + "-0g",
        "00-" + TRACE + "_" + SPAN + "-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "cc-" + TRACE + "-" + SPAN + "-01x",
        "00-" + TRACE + "-" + SPAN + "-01\u0660"
      })
  void beginsATraceWhereNoneIsNamedThatCanBeRead(@Nullable String traceparent) {
    TraceContext trace = of(traceparent, "vendor=x");

    assertThat(trace.hasParent()).isFalse();
    assertThat(trace.parentSpanId()).isEmpty();
    assertThat(trace.parentSampled()).isFalse();
    assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
    assertThat(trace.spanId()).matches("[0-9a-f]{16}");
    assertThat(trace.state()).isEmpty();
  }

  @Test
  void seesThatTheClientDoesNotRecord() {
    assertThat(of("00-" + TRACE + "-" + SPAN + "-00", null).parentSampled()).isFalse();
  }

  @Test
  void takesNoStateOfAnyLength() {
    assertThat(of("00-" + TRACE + "-" + SPAN + "-01", "v=" + "x".repeat(600)).state()).isEmpty();
  }

  @Test
  void makesNoIdOfNothingButZeros() {
    TraceContext trace = TraceContext.of(null, null, () -> 0);

    assertThat(trace.traceId()).isNotEqualTo("0".repeat(32));
    assertThat(trace.spanId()).isNotEqualTo("0".repeat(16));
  }

  private TraceContext of(@Nullable String traceparent, @Nullable String tracestate) {
    return TraceContext.of(traceparent, tracestate, random);
  }
}
