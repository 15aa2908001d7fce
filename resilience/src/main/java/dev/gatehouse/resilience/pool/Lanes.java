package dev.gatehouse.resilience.pool;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// The tasks that wait, in order of arrival within their lane. Sets, so that a task whose caller
/// left is taken out without a search and its place is free at once. Not thread-safe.
final class Lanes {
  private final SequencedSet<PendingTask<?>> regular = new LinkedHashSet<>();
  private final SequencedSet<PendingTask<?>> deferred = new LinkedHashSet<>();

  void add(PendingTask<?> task) {
    of(task.lane()).add(task);
  }

  /// Takes a task out; false when it waits no longer.
  boolean remove(PendingTask<?> task) {
    return of(task.lane()).remove(task);
  }

  Optional<PendingTask<?>> removeNext() {
    if (!regular.isEmpty()) {
      return Optional.of(regular.removeFirst());
    }
    return deferred.isEmpty() ? Optional.empty() : Optional.of(deferred.removeFirst());
  }

  List<PendingTask<?>> removeAll() {
    var all = new ArrayList<PendingTask<?>>(regular);
    all.addAll(deferred);
    regular.clear();
    deferred.clear();
    return all;
  }

  boolean isEmpty() {
    return regular.isEmpty() && deferred.isEmpty();
  }

  Admission.Waiting waiting() {
    return new Admission.Waiting(regular.size(), deferred.size());
  }

  private SequencedSet<PendingTask<?>> of(QueuePriority lane) {
    return switch (lane) {
      case REGULAR -> regular;
      case DEFERRED -> deferred;
    };
  }
}
