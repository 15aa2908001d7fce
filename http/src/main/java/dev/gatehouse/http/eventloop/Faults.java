package dev.gatehouse.http.eventloop;

import java.util.OptionalInt;
import org.slf4j.spi.LoggingEventBuilder;

/// Describes unexpected exceptions in the log: each by its class and place, with its stack trace at
/// most once a minute for each place. Thread-safe.
public final class Faults {
  private static final StackTraces STACKS = new StackTraces(System::nanoTime);

  private Faults() {}

  /// The same event, with what was thrown.
  public static LoggingEventBuilder describe(LoggingEventBuilder event, Throwable thrown) {
    OptionalInt suppressed = STACKS.admit(thrown);
    if (suppressed.isEmpty()) {
      return event
          .addKeyValue("cause", StackTraces.cause(thrown).toString())
          .addKeyValue("place", StackTraces.place(thrown));
    }
    return suppressed.getAsInt() == 0
        ? event.setCause(thrown)
        : event.addKeyValue("stacks_suppressed", suppressed.getAsInt()).setCause(thrown);
  }
}
