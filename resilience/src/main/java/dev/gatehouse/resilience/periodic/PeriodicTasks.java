package dev.gatehouse.resilience.periodic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// The periodic tasks of a process: makes them and knows the state of each. Thread-safe.
public final class PeriodicTasks {
  private final Map<String, PeriodicTask> running = new ConcurrentHashMap<>();
  private final Set<String> names = new TreeSet<>();
  private final List<Consumer<String>> followers = new ArrayList<>();
  private final PeriodicTaskListener listener;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private final DoubleSupplier random;

  /// Without tasks, on the JDK's own clock.
  ///
  /// @param listener receives the outages of all tasks that name no other
  public PeriodicTasks(PeriodicTaskListener listener) {
    // `RandomGenerator.getDefault` looks every generator up, which is slow at startup.
    this(listener, System::nanoTime, Pause.TIMED, () -> ThreadLocalRandom.current().nextDouble());
  }

  /// Without tasks.
  ///
  /// @param listener receives the outages of all tasks that name no other
  /// @param nanoTime a monotonic clock with the contract of [System#nanoTime()]
  /// @param random draws from 0 inclusive to 1 exclusive; thread-safe
  public PeriodicTasks(
      PeriodicTaskListener listener, LongSupplier nanoTime, Pause pause, DoubleSupplier random) {
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.random = random;
  }

  /// Begins to describe a task.
  ///
  /// @param name of the task and its thread, in lower case with hyphens; a second task of the same
  ///     name gets a number behind it
  public PeriodicTaskBuilder task(String name) {
    return new PeriodicTaskBuilder(this, name, listener);
  }

  /// The state of each task that was started and not closed, sorted by name. Waits for nothing.
  public List<PeriodicTaskStatus> statuses() {
    return running.values().stream()
        .map(PeriodicTask::status)
        .sorted(Comparator.comparing(PeriodicTaskStatus::name))
        .toList();
  }

  /// The state of one task; empty when none of this name runs.
  public Optional<PeriodicTaskStatus> status(String name) {
    return Optional.ofNullable(running.get(name)).map(PeriodicTask::status);
  }

  /// Passes on the name of each task, those started before included, once. A task may have ended by
  /// the time its name arrives.
  ///
  /// @param follower called by the thread that starts a task
  public synchronized void follow(Consumer<String> follower) {
    followers.add(follower);
    names.forEach(follower);
  }

  private synchronized void announce(String name) {
    if (names.add(name)) {
      followers.forEach(follower -> follower.accept(name));
    }
  }

  PeriodicTask start(PeriodicTaskBuilder described, PeriodicTask.Work work) {
    String name = described.name;
    var task = new PeriodicTask(described, work);
    for (int number = 2; running.putIfAbsent(task.name(), task) != null; number++) {
      described.name = name + "-" + number;
      task = new PeriodicTask(described, work);
    }
    announce(task.name());
    task.start();
    return task;
  }

  void forget(PeriodicTask task) {
    running.remove(task.name(), task);
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  Pause pause() {
    return pause;
  }

  /// A wait, shortened by a random part of the share.
  Duration jittered(Duration wait, double share) {
    return Duration.ofNanos((long) (wait.toNanos() * (1 - share * random.getAsDouble())));
  }
}
