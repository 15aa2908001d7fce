package dev.gatehouse.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The list that is served, and its subscribers. Reads take no lock.
final class InstanceList {
  private static final Logger log = LoggerFactory.getLogger(InstanceList.class);

  private final ReentrantLock telling = new ReentrantLock();
  private final List<Consumer<List<Instance>>> listeners = new ArrayList<>();
  private volatile List<Instance> current = List.of();
  private boolean closed;

  List<Instance> current() {
    return current;
  }

  /// Serves another list from now on, unless it is empty.
  void offer(List<Instance> instances) {
    List<Instance> next = instances.stream().sorted(Comparator.comparing(Instance::id)).toList();
    telling.lock();
    try {
      if (closed || next.isEmpty() || next.equals(current)) {
        return;
      }
      current = next;
      List.copyOf(listeners).forEach(listener -> tell(listener, next));
    } finally {
      telling.unlock();
    }
  }

  InstanceWatch.Subscription subscribe(Consumer<List<Instance>> listener) {
    telling.lock();
    try {
      listeners.add(listener);
      tell(listener, current);
    } finally {
      telling.unlock();
    }
    return () -> remove(listener);
  }

  /// Tells no one anything any more.
  void close() {
    telling.lock();
    try {
      closed = true;
      listeners.clear();
    } finally {
      telling.unlock();
    }
  }

  private void remove(Consumer<List<Instance>> listener) {
    telling.lock();
    try {
      listeners.remove(listener);
    } finally {
      telling.unlock();
    }
  }

  private static void tell(Consumer<List<Instance>> listener, List<Instance> instances) {
    try {
      listener.accept(instances);
    } catch (RuntimeException thrown) {
      log.error(
          "Listener failed on a list of {} instances; the others go on", instances.size(), thrown);
    }
  }
}
