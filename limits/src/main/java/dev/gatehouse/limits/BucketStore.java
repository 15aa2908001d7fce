package dev.gatehouse.limits;

/// Where buckets are kept: in this process, or where other instances share them.
@FunctionalInterface
public interface BucketStore {
  /// The buckets of a limit. Asked once per limit, at start.
  Buckets open(Limit limit);
}
