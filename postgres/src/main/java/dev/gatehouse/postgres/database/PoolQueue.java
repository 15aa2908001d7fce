package dev.gatehouse.postgres.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Admits as many callers as the pool has connections; the others wait, first come, first served.
///
/// HikariCP's own queue is not fair, and dear for virtual threads: who gives a connection back
/// offers it again every ten microseconds until one of the waiting happens to be there to take it
/// (`ConcurrentBag.requite`, HikariCP issue 2398). With this before it, no one waits there but for
/// a connection that is just being made. Thread-safe.
final class PoolQueue {
  private final Semaphore places;

  PoolQueue(int connections) {
    places = new Semaphore(connections, true);
  }

  /// Waits for a place, which must be left afterwards.
  ///
  /// @throws SQLTransientConnectionException when there is none within this time, or the thread is
  ///     told to stop
  void enter(long nanos) throws SQLException {
    try {
      if (!places.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
        throw new SQLTransientConnectionException("no connection became free in time");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("told to stop while waiting for a connection");
    }
  }

  void leave() {
    places.release();
  }

  /// How many callers wait at present.
  int waiting() {
    return places.getQueueLength();
  }
}
