package dev.gatehouse.resilience.clock;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Holds a step that cannot be undone back while the clocks of instance and database disagree.
/// Reports the wait once, and its end. Thread-safe.
public final class ClockGate {
  private final String step;
  private final BooleanSupplier agree;
  private final Consumer<String> report;
  private boolean waiting;

  /// @param step what waits, as the first word of a log message
  /// @param agree whether the clocks agree, such as [SharedClock#agrees()]
  /// @param report receives the messages
  public ClockGate(String step, BooleanSupplier agree, Consumer<String> report) {
    this.step = step;
    this.agree = agree;
    this.report = report;
  }

  /// Whether the step may be taken now.
  public synchronized boolean open() {
    boolean open = agree.getAsBoolean();
    if (!open && !waiting) {
      report.accept(step + " waits until the clocks of this instance and of the database agree");
    }
    if (open && waiting) {
      report.accept(step + " goes on: the clocks of this instance and of the database agree");
    }
    waiting = !open;
    return open;
  }
}
