package dev.gatehouse.resilience;

/// How many instances share the work. Thread-safe.
@FunctionalInterface
public interface ClusterSize {
  /// This instance alone.
  ClusterSize ALONE = () -> 1;

  /// The instances that were known lately, this one included: at least 1. From memory, some seconds
  /// old, and never throws: what was last known counts while nothing newer can be learned.
  int count();
}
