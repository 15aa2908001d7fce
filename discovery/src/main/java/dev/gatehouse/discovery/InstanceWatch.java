package dev.gatehouse.discovery;

import java.util.List;
import java.util.function.Consumer;

/// The instances of one service, as far as known. Thread-safe.
///
/// Once there was an instance the list is never empty again: when the source is away, or says that
/// there is no one, the last good list serves on. A source that lost its memory cannot be told from
/// one whose last instance left, and a wrong address costs less than none.
public interface InstanceWatch extends AutoCloseable {
  /// The current list, from memory: immutable, ordered by id, no id twice.
  List<Instance> current();

  /// Passes the current list to a listener at once, and each later one, in order, one at a time.
  /// The listener must return soon; what it throws is logged and does not affect other listeners.
  Subscription subscribe(Consumer<List<Instance>> listener);

  /// Ends the watch, within a second. Listeners are not called after that; the list stays.
  @Override
  void close();

  /// Something that listens until closed.
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
