package dev.gatehouse.resilience.periodic;

import dev.gatehouse.resilience.Backoff;
import java.time.Duration;
import java.util.function.Supplier;

/// Says when a [PeriodicTask] runs, and starts it. Not thread-safe.
public final class PeriodicTaskBuilder {
  private static final double JITTER = 0.1;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

  /// Work that waits by itself must still not spin when it fails at once.
  private static final Duration SHORTEST_WHILE_FAILING = Duration.ofSeconds(1);

  final PeriodicTasks tasks;
  String name;
  PeriodicTaskListener listener;
  Duration interval = Duration.ZERO;
  Supplier<Duration> whileFailing = this::usualWhileFailing;
  Runnable recovered = () -> {};
  double jitter = JITTER;
  boolean fromStart;
  boolean delayed;
  boolean untilSuccess;
  Duration finish = Duration.ZERO;
  Duration stop = LONGEST_STOP;

  PeriodicTaskBuilder(PeriodicTasks tasks, String name, PeriodicTaskListener listener) {
    if (!name.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("not a name for a task: " + name);
    }
    this.tasks = tasks;
    this.name = name;
    this.listener = listener;
  }

  /// Waits this long after the end of each turn; zero, the default, is for work that waits by
  /// itself.
  public PeriodicTaskBuilder every(Duration wait) {
    interval = notNegative(wait);
    return this;
  }

  /// Measures the interval from the start of each successful turn, so that a turn's own time
  /// counts.
  public PeriodicTaskBuilder fromStart() {
    fromStart = true;
    return this;
  }

  /// The first turn comes after one interval; else at once.
  public PeriodicTaskBuilder delayed() {
    delayed = true;
    return this;
  }

  /// The task ends by itself after the first turn that succeeds; it is not listed from then on.
  public PeriodicTaskBuilder untilSuccess() {
    untilSuccess = true;
    return this;
  }

  /// Shortens waits at random by up to this share, so that instances do not act in step. Default
  /// 0.1.
  public PeriodicTaskBuilder jitter(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("jitter is out of range: " + share);
    }
    jitter = share;
    return this;
  }

  /// Waits this long after a turn that failed; else the interval, or 1 s when that is zero.
  public PeriodicTaskBuilder whileFailing(Duration wait) {
    Duration again = notNegative(wait);
    whileFailing = () -> again;
    recovered = () -> {};
    return this;
  }

  /// Waits longer after each turn that fails in a row.
  ///
  /// @param backoff used by this task alone
  public PeriodicTaskBuilder whileFailing(Backoff backoff) {
    whileFailing = backoff::next;
    recovered = backoff::reset;
    return this;
  }

  /// Reports outages here instead of to the listener of all tasks.
  public PeriodicTaskBuilder reportTo(PeriodicTaskListener own) {
    listener = own;
    return this;
  }

  /// The work reports failures of this type itself, so the listener gets only others.
  public PeriodicTaskBuilder reportsItself(Class<? extends Throwable> known) {
    listener = new UnknownOutages(known, listener);
    return this;
  }

  /// At its close a turn under way may take this long before it is interrupted. Default zero.
  public PeriodicTaskBuilder finishWithin(Duration time) {
    finish = notNegative(time);
    return this;
  }

  /// Close waits this long after the interruption, then leaves the thread running. Default 5 s.
  public PeriodicTaskBuilder stopWithin(Duration time) {
    stop = notNegative(time);
    return this;
  }

  /// Starts the task. May be called once.
  public PeriodicTask start(PeriodicTask.Work work) {
    return tasks.start(this, work);
  }

  private Duration usualWhileFailing() {
    return interval.isZero() ? SHORTEST_WHILE_FAILING : interval;
  }

  private static Duration notNegative(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("negative: " + time);
    }
    return time;
  }
}
