package dev.gatehouse.resilience.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.LongSupplier;

/// The time that all instances share: the database's clock, read every few seconds and continued in
/// between by the monotonic clock. A step of the instance's own wall clock does not change it.
/// While the database's clock is the wrong one, it is the wall clock that the other instances
/// confirm, or the continuation of what both clocks last agreed on.
///
/// Before the first reading it is the wall clock. Thread-safe.
public final class SharedClock implements InstantSource {
  /// Clocks that differ by no more agree.
  public static final Duration TOLERANCE = Duration.ofSeconds(30);

  /// How long a reading counts for steps that cannot be undone.
  static final Duration FRESH = Duration.ofMinutes(1);

  /// How long such steps wait after both clocks have jumped together.
  static final Duration SETTLING = Duration.ofMinutes(10);

  private final InstantSource wall;
  private final LongSupplier nanoTime;
  private volatile Optional<View> view = Optional.empty();

  /// @param wall the instance's wall clock
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  public SharedClock(InstantSource wall, LongSupplier nanoTime) {
    this.wall = wall;
    this.nanoTime = nanoTime;
  }

  /// On the JDK's own clocks.
  public static SharedClock system() {
    return new SharedClock(InstantSource.system(), System::nanoTime);
  }

  /// The length of an offset, whatever its direction. `Duration.abs` loads BigDecimal, which is
  /// slow at startup.
  public static Duration distance(Duration offset) {
    return offset.isNegative() ? Duration.ZERO.minus(offset) : offset;
  }

  @Override
  public Instant instant() {
    return view.map(last -> last.at(nanoTime.getAsLong())).orElseGet(wall::instant);
  }

  @Override
  public long millis() {
    return view.map(last -> last.millisAt(nanoTime.getAsLong())).orElseGet(wall::millis);
  }

  /// The monotonic clock, to be read before the database is asked for its time.
  public long nanos() {
    return nanoTime.getAsLong();
  }

  /// The clocks at this moment.
  ///
  /// @param askedAt [#nanos()] before the database was asked
  /// @param database its response, which is taken for the time at the middle of the round trip
  public ClockReading reading(long askedAt, Instant database) {
    long nanos = nanoTime.getAsLong();
    Instant here = wall.instant();
    return new ClockReading(database.plusNanos((nanos - askedAt) / 2), here, nanos);
  }

  /// Takes a reading over.
  ///
  /// @param others offsets of the other live instances to the database, as far as they are known
  public synchronized ClockState observe(ClockReading reading, Collection<Duration> others) {
    View next = View.after(view, reading, ClockState.of(reading.offset(), others));
    view = Optional.of(next);
    return next.state();
  }

  /// What the last reading showed.
  public ClockState state() {
    return view.map(View::state).orElse(ClockState.UNMEASURED);
  }

  /// How far the wall clock is ahead of the database's; empty before the first reading.
  public Optional<Duration> offset() {
    return view.map(last -> last.reading().offset());
  }

  /// Returns unless this instance is the wrong one, for readiness checks.
  ///
  /// @throws IllegalStateException when the last readings showed that
  public void requireRight() {
    if (state() == ClockState.INSTANCE_WRONG) {
      throw new IllegalStateException("the wall clock of this instance is wrong");
    }
  }

  /// Whether steps that cannot be undone may be taken: both clocks agree, by a reading of the last
  /// minute, and have not just jumped together.
  public boolean agrees() {
    return view.filter(last -> last.agreesAt(nanoTime.getAsLong())).isPresent();
  }

  /// The last reading and what followed from it.
  ///
  /// @param base the shared time at the reading
  /// @param suspected whether one reading has shown this instance as the wrong one
  /// @param settledAt from when on, by the monotonic clock, steps that cannot be undone may be
  ///     taken
  private record View(
      ClockReading reading, ClockState state, Instant base, boolean suspected, long settledAt) {
    /// Right after the database's clock has stepped, the readings of other instances may be older
    /// than the step. So a second reading must confirm that this instance is the wrong one.
    static View after(Optional<View> before, ClockReading reading, ClockState shown) {
      boolean accused = shown == ClockState.INSTANCE_WRONG;
      boolean confirmed = before.isEmpty() || before.get().suspected();
      ClockState state = accused && !confirmed ? ClockState.UNDECIDED : shown;
      Instant base = base(before, reading, state);
      return new View(reading, state, base, accused, settledAt(before, reading, state));
    }

    private static Instant base(Optional<View> before, ClockReading reading, ClockState state) {
      return switch (state) {
        case UNMEASURED, AGREES, INSTANCE_WRONG -> reading.database();
        case DATABASE_WRONG -> reading.wall();
        case UNDECIDED ->
            before
                .map(last -> likelier(last.at(reading.nanos()), reading))
                .orElse(reading.database());
      };
    }

    /// Of two clocks, the one that did not step; if both did, neither.
    private static Instant likelier(Instant expected, ClockReading reading) {
      if (near(reading.database(), expected)) {
        return reading.database();
      }
      return near(reading.wall(), expected) ? reading.wall() : expected;
    }

    private static long settledAt(Optional<View> before, ClockReading reading, ClockState state) {
      if (before.isEmpty()) {
        return reading.nanos();
      }
      View last = before.get();
      boolean jumped =
          state == ClockState.AGREES && !near(reading.database(), last.at(reading.nanos()));
      return jumped ? reading.nanos() + SETTLING.toNanos() : last.settledAt();
    }

    private static boolean near(Instant one, Instant other) {
      return distance(Duration.between(one, other)).compareTo(TOLERANCE) <= 0;
    }

    Instant at(long nanos) {
      return base.plusNanos(nanos - reading.nanos());
    }

    long millisAt(long nanos) {
      return base.toEpochMilli() + (nanos - reading.nanos()) / 1_000_000;
    }

    boolean agreesAt(long nanos) {
      return state == ClockState.AGREES
          && nanos - reading.nanos() < FRESH.toNanos()
          && nanos - settledAt >= 0;
    }
  }
}
