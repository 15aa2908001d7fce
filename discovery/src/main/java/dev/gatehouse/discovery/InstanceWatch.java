package dev.gatehouse.discovery;

import java.util.List;
import java.util.function.Consumer;

/// The instances of one service, as far as known. Thread-safe.
///
/// Once there was an instance the list is never empty again: when the source is away, or says that
/// there is no one, the last good list serves on. A source that lost its memory cannot be told from
/// one whose last instance left, and a wrong address costs less than none.
public interface InstanceWatch extends AutoCloseable {
  /// The present list, from memory: immutable, ordered by id, no id twice.
  List<Instance> current();

  /// Tells the present list at once and every other one after it, in order, one at a time. The
  /// listener must return soon; what it throws is logged and keeps no one else from being told.
  Subscription subscribe(Consumer<List<Instance>> listener);

  /// Ends the watch, within a second. No one is told anything after that; the list stays.
  @Override
  void close();

  /// Something that listens until closed.
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
