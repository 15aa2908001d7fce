package dev.gatehouse.postgres.database;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;

/// The metrics of the pool as its callers meet it: who waits in the [PoolQueue] counts as waiting,
/// and the time spent there is part of the time until a connection is had. Thread-safe.
final class PoolMetrics implements MetricsTrackerFactory {
  private static final long FRESH_MILLIS = 1_000;

  private final MetricsTrackerFactory metrics;
  private final PoolQueue queue;
  private volatile IMetricsTracker tracker = new IMetricsTracker() {};

  PoolMetrics(MetricsTrackerFactory metrics, PoolQueue queue) {
    this.metrics = metrics;
    this.queue = queue;
  }

  /// A caller has got its connection, this long after it asked.
  void acquired(long nanos) {
    tracker.recordConnectionAcquiredNanos(nanos);
  }

  /// A caller has waited in the queue for nothing.
  void timedOut() {
    tracker.recordConnectionTimeout();
  }

  @Override
  public IMetricsTracker create(String pool, PoolStats stats) {
    IMetricsTracker created = metrics.create(pool, new StatsWithQueue(stats, queue));
    tracker = created;
    return new WithoutWaiting(created);
  }

  /// What the pool itself tells, but for the waiting, of which it sees only a part.
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
    public void recordConnectionTimeout() {
      all.recordConnectionTimeout();
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
