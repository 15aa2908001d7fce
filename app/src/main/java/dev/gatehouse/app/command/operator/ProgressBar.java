package dev.gatehouse.app.command.operator;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/// Shows how far a long command has come, on one line that is written over; nothing where no person
/// sees it. For one thread.
public final class ProgressBar implements AutoCloseable {
  private static final long BETWEEN = 100_000_000;
  private static final int WIDTH = 30;
  private static final String ERASE = "\r\u001B[K";

  private final PrintStream err;
  private final boolean shown;
  private final LongSupplier nanos;
  private final String counted;
  private final long began;
  private long drawn;

  /// @param shown whether a person sees it
  /// @param counted what is counted, as text
  ProgressBar(PrintStream err, boolean shown, LongSupplier nanos, String counted) {
    this.counted = counted;
    this.err = err;
    this.shown = shown;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
    this.drawn = began;
  }

  /// Draws it, ten times a second at most.
  ///
  /// @param count of what is done in this run
  /// @param fraction of the whole, where that is known
  public void show(long count, OptionalDouble fraction) {
    long now = nanos.getAsLong();
    if (!shown || now - drawn < BETWEEN) {
      return;
    }
    drawn = now;
    err.print(ERASE + line(count, (now - began) / 1e9, fraction));
    err.flush();
  }

  /// Draws it a last time, complete, on a line that stays.
  public void finish(long count) {
    if (shown) {
      double seconds = Math.max(1e-3, (nanos.getAsLong() - began) / 1e9);
      err.println(ERASE + line(count, seconds, OptionalDouble.of(1)));
      err.flush();
      drawn = began;
    }
  }

  /// Makes room for another line, after which it is drawn again.
  public void clear() {
    if (shown) {
      err.print(ERASE);
      drawn = began;
    }
  }

  @Override
  public void close() {
    clear();
  }

  private String line(long count, double seconds, OptionalDouble fraction) {
    String done =
        String.format(Locale.ROOT, "%,d %s, %,.0f a second", count, counted, count / seconds);
    if (fraction.isEmpty()) {
      return done;
    }
    double part = Math.clamp(fraction.getAsDouble(), 0, 1);
    int filled = (int) (part * WIDTH);
    return "[%s%s] %3.0f %%  %s"
        .formatted("#".repeat(filled), "-".repeat(WIDTH - filled), 100 * part, done);
  }
}
