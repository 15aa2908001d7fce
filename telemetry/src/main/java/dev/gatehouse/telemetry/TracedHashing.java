package dev.gatehouse.telemetry;

import dev.gatehouse.hashing.HashingListener;
import dev.gatehouse.resilience.pool.Rejection;
import dev.gatehouse.telemetry.metrics.HashingMetrics;
import dev.gatehouse.telemetry.tracing.Tracing;

/// Counts hashes, and records those of sampled requests.
record TracedHashing(HashingMetrics metrics, Tracing tracing) implements HashingListener {
  @Override
  public Passage asked(Operation operation) {
    return tracing.asked(operation);
  }

  @Override
  public void hashed(Operation operation, long nanos) {
    metrics.hashed(operation, nanos);
  }

  @Override
  public void rejected(Rejection.Reason reason) {
    metrics.rejected(reason);
  }

  @Override
  public void dropped() {
    metrics.dropped();
  }
}
