package dev.gatehouse.postgres.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Admits as many callers as the pool has connections; the others wait, first in, first out.
///
/// HikariCP's own queue is not fair, and expensive for virtual threads: a thread that returns a
/// connection offers it again every ten microseconds until a waiting thread takes it
/// (`ConcurrentBag.requite`, HikariCP issue 2398). With this queue in front, callers wait inside
/// HikariCP only while a connection is being opened. Thread-safe.
final class PoolQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Semaphore> waiting = new ArrayDeque<>();
  private int free;

  PoolQueue(int connections) {
    free = connections;
  }

  /// Waits for a place, which must be left afterwards. A caller keeps its rank while the wait is
  /// extended.
  ///
  /// @throws SQLTransientConnectionException when the wait ends without a place, or the thread is
  ///     interrupted
  void enter(AcquireWait wait) throws SQLException {
    var turn = new Semaphore(0);
    if (!admitted(turn) && !await(turn, wait)) {
      throw new SQLTransientConnectionException("no connection became free in time");
    }
  }

  void leave() {
    lock.lock();
    try {
      Semaphore next = waiting.pollFirst();
      if (next == null) {
        free++;
      } else {
        next.release();
      }
    } finally {
      lock.unlock();
    }
  }

  /// How many callers wait at present.
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean admitted(Semaphore turn) {
    lock.lock();
    try {
      if (free > 0) {
        free--;
        return true;
      }
      waiting.addLast(turn);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Semaphore turn, AcquireWait wait) throws SQLException {
    try {
      for (long nanos = wait.slice(); nanos > 0; nanos = wait.slice()) {
        if (turn.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
          return true;
        }
      }
      return !withdrawn(turn);
    } catch (InterruptedException stopping) {
      if (!withdrawn(turn)) {
        leave();
      }
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for a connection");
    }
  }

  /// False when the turn has come just now.
  private boolean withdrawn(Semaphore turn) {
    lock.lock();
    try {
      return waiting.remove(turn);
    } finally {
      lock.unlock();
    }
  }
}
