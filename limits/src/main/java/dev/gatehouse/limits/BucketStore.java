package dev.gatehouse.limits;

/// The storage of buckets: in this process, or shared by all instances.
@FunctionalInterface
public interface BucketStore {
  /// The buckets of a limit. Called once per limit, at the start.
  Buckets open(Limit limit);
}
