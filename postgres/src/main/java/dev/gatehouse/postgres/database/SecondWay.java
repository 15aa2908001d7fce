package dev.gatehouse.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection outside the pool, kept for queries whose results must not be late. When it
/// breaks, or gives no result within 400 ms, the same query is also sent over a new connection. The
/// first result counts, and its connection is kept. So one server process that hangs delays a
/// result by little more than that, and a server that is merely slow has 3 s.
///
/// For one querying thread; [#close()] may be called by another.
public final class SecondWay implements AutoCloseable {
  private static final Duration SECOND_AFTER = Duration.ofMillis(400);
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final int CONNECT_SECONDS = 1;
  private static final String CONNECTION_FAILURE = "08006";
  private static final int WAYS = 2;

  /// Silence is counted in pieces of at most this, so that a process which gets no processor time
  /// does not take its own pause for the server's: a response may have arrived meanwhile.
  private static final long PIECE = Duration.ofMillis(25).toNanos();

  private final ServerConnections connections;
  private final Duration secondAfter;
  private final Duration longest;
  private volatile long silence;
  private volatile @Nullable Connection kept;
  private volatile boolean closed;

  public SecondWay(PostgresSettings settings) {
    this(settings, new ServerGuard());
  }

  /// The same with a guard that checks each new connection.
  public SecondWay(PostgresSettings settings, ServerGuard guard) {
    this(settings, SECOND_AFTER, LONGEST, guard);
  }

  /// Connects to nothing yet.
  ///
  /// @param secondAfter how long the first connection may take alone
  /// @param longest how long both may take
  /// @param guard checks each new connection
  SecondWay(PostgresSettings settings, Duration secondAfter, Duration longest, ServerGuard guard) {
    this.secondAfter = secondAfter;
    this.longest = longest;
    connections = new ServerConnections(settings, guard);
    connections.setConnectTimeout(CONNECT_SECONDS);
  }

  /// What is asked, without a change to anything: it may run twice at once.
  @FunctionalInterface
  public interface Question<T> {
    /// Asks over a connection.
    ///
    /// @param fresh whether nothing was asked over this connection yet
    T ask(Connection connection, boolean fresh) throws SQLException;
  }

  /// The connection of the last response, while nothing is asked.
  public Optional<Connection> connection() {
    return Optional.ofNullable(kept);
  }

  /// How long the current question has had no response, without the time in which this process did
  /// not run.
  long silentNanos() {
    return silence;
  }

  /// Gives up the connection; the next question goes over a new one.
  public void discard() {
    Connection broken = kept;
    kept = null;
    if (broken != null) {
      abort(broken);
    }
  }

  public <T> T ask(Question<T> question) throws SQLException {
    var finished = new ArrayBlockingQueue<Attempt<T>>(WAYS);
    List<Attempt<T>> attempts = new ArrayList<>();
    try {
      Attempt<T> first = firstResponse(question, finished, attempts);
      kept = first.keep();
      attempts.remove(first);
      return first.result();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new SQLException(
          "interrupted while waiting for a response", CONNECTION_FAILURE, closing);
    } finally {
      silence = 0;
      attempts.forEach(Attempt::giveUp);
      if (closed) {
        discard();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    connections.close();
    discard();
  }

  private <T> Attempt<T> firstResponse(
      Question<T> question, BlockingQueue<Attempt<T>> finished, List<Attempt<T>> attempts)
      throws SQLException, InterruptedException {
    attempts.add(new Attempt<>(question, kept, finished).start());
    kept = null;
    Attempt<T> first = await(finished, secondAfter);
    if (first != null && first.failure.isEmpty()) {
      return first;
    }
    attempts.add(new Attempt<>(question, null, finished).start());
    SQLException failure = first == null ? null : first.failure.orElseThrow();
    for (int open = first == null ? WAYS : 1; open > 0; open--) {
      Attempt<T> next = await(finished, longest);
      if (next == null) {
        break;
      }
      if (next.failure.isEmpty()) {
        return next;
      }
      failure = next.failure.get();
    }
    throw failure != null ? failure : new SQLException("no response in time", CONNECTION_FAILURE);
  }

  /// The next attempt that is finished; null when the silence has lasted this long without one.
  private <T> @Nullable Attempt<T> await(BlockingQueue<Attempt<T>> finished, Duration atMost)
      throws InterruptedException {
    while (silence < atMost.toNanos()) {
      long start = System.nanoTime();
      Attempt<T> next = finished.poll(PIECE, TimeUnit.NANOSECONDS);
      if (next != null) {
        return next;
      }
      count(Math.min(PIECE, System.nanoTime() - start));
    }
    return finished.poll();
  }

  // Only the querying thread writes it.
  @SuppressWarnings("NonAtomicVolatileUpdate")
  private void count(long nanos) {
    silence += nanos;
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException brokenAlready) {
      // What matters is that it is of no use to anyone now.
    }
  }

  /// One way a question goes, on its own thread.
  private final class Attempt<T> {
    private final Question<T> question;
    private final boolean fresh;
    private final BlockingQueue<Attempt<T>> finished;
    private @Nullable Connection connection;
    private boolean givenUp;
    private @Nullable T result;
    private Optional<SQLException> failure = Optional.empty();

    Attempt(
        Question<T> question, @Nullable Connection connection, BlockingQueue<Attempt<T>> finished) {
      this.question = question;
      this.connection = connection;
      this.fresh = connection == null;
      this.finished = finished;
    }

    Attempt<T> start() {
      var _ = Thread.ofVirtual().name("database-question").start(this::run);
      return this;
    }

    /// The queue has room for each attempt, and hands over what was written before.
    private void run() {
      try {
        result = question.ask(connected(), fresh);
      } catch (SQLException failed) {
        failure = Optional.of(failed);
      } catch (RuntimeException | Error unexpected) {
        failure = Optional.of(new SQLException("the response cannot be read", unexpected));
      }
      finished.add(this);
    }

    private Connection connected() throws SQLException {
      Connection made = connection != null ? connection : connections.probe();
      if (!hold(made)) {
        abort(made);
        throw new SQLException("given up", CONNECTION_FAILURE);
      }
      return made;
    }

    private synchronized boolean hold(Connection made) {
      connection = made;
      return !givenUp;
    }

    synchronized Connection keep() {
      return Objects.requireNonNull(connection);
    }

    T result() {
      return Objects.requireNonNull(result);
    }

    void giveUp() {
      Connection made;
      synchronized (this) {
        givenUp = true;
        made = connection;
      }
      if (made != null) {
        abort(made);
      }
    }
  }
}
