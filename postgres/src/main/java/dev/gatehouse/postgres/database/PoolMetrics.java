package dev.gatehouse.postgres.database;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;

/// The metrics of the pool as its callers see it: those in the [PoolQueue] count as waiting, and
/// the time spent there is part of the time until a caller has its connection. Thread-safe.
final class PoolMetrics implements MetricsTrackerFactory {
  private static final long FRESH_MILLIS = 1_000;

  private final MetricsTrackerFactory metrics;
  private final PoolQueue queue;
  private volatile IMetricsTracker tracker = new IMetricsTracker() {};

  PoolMetrics(MetricsTrackerFactory metrics, PoolQueue queue) {
    this.metrics = metrics;
    this.queue = queue;
  }

  /// A caller has its connection, this long after it asked.
  void acquired(long nanos) {
    tracker.recordConnectionAcquiredNanos(nanos);
  }

  /// A caller's wait has ended without a connection.
  void timedOut() {
    tracker.recordConnectionTimeout();
  }

  @Override
  public IMetricsTracker create(String pool, PoolStats stats) {
    IMetricsTracker created = metrics.create(pool, new StatsWithQueue(stats, queue));
    tracker = created;
    return new WithoutWaiting(created);
  }

  /// What the pool reports, without the waits, of which it sees only slices.
  private record WithoutWaiting(IMetricsTracker all) implements IMetricsTracker {
    @Override
    public void recordConnectionCreatedMillis(long millis) {
      all.recordConnectionCreatedMillis(millis);
    }

    @Override
    public void recordConnectionUsageMillis(long millis) {
      all.recordConnectionUsageMillis(millis);
    }

    @Override
    public void close() {
      all.close();
    }
  }

  private static final class StatsWithQueue extends PoolStats {
    private final PoolStats pool;
    private final PoolQueue queue;

    StatsWithQueue(PoolStats pool, PoolQueue queue) {
      super(FRESH_MILLIS);
      this.pool = pool;
      this.queue = queue;
    }

    @Override
    protected void update() {
      totalConnections = pool.getTotalConnections();
      idleConnections = pool.getIdleConnections();
      activeConnections = pool.getActiveConnections();
      pendingThreads = pool.getPendingThreads() + queue.waiting();
      maxConnections = pool.getMaxConnections();
      minConnections = pool.getMinConnections();
    }
  }
}
