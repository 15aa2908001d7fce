package dev.gatehouse.hashing;

import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.errors.Fault;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.hashing.HashingListener.Operation;
import dev.gatehouse.hashing.HashingListener.Passage;
import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.pool.QueuePriority;
import dev.gatehouse.resilience.pool.TaskRejected;
import dev.gatehouse.resilience.pool.WorkerPool;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hashes passwords on a worker pool, within the caller's [Deadline].
final class PooledPasswordHasher implements PasswordHasher {
  private static final Logger log = LoggerFactory.getLogger(PooledPasswordHasher.class);

  /// Hashed instead of a password that is too long or missing.
  private static final Password SUBSTITUTE = new Password("a password of ordinary length");

  private final WorkerPool pool;
  private final Argon2Format today;
  private final StoredFormat formats;
  private final StoredFormat.Stored decoy;
  private final HashingListener listener;

  /// @param today the format of new hashes
  /// @param formats of stored hashes
  /// @param decoy a hash in the format `today` of an unknown password
  PooledPasswordHasher(
      WorkerPool pool,
      Argon2Format today,
      StoredFormat formats,
      StoredFormat.Stored decoy,
      HashingListener listener) {
    this.pool = pool;
    this.today = today;
    this.formats = formats;
    this.decoy = decoy;
    this.listener = listener;
  }

  @Override
  public PasswordHash hash(Password password, Trust standing) {
    if (password.tooLong()) {
      throw new IllegalArgumentException("the password is too long to be hashed");
    }
    return new PasswordHash(onWorker(Operation.HASH, standing, () -> today.hash(password)));
  }

  /// An unreadable stored hash matches nothing, after the usual time: a distinct response would
  /// reveal that the account exists.
  @Override
  public Verdict verify(Password password, PasswordHash stored, Trust standing) {
    var read = formats.read(stored.encoded());
    if (read.isEmpty()) {
      log.warn("Stored password hash has an unknown format or costs too much to verify");
    }
    if (read.isEmpty() || password.tooLong()) {
      matches(read.orElse(decoy), SUBSTITUTE, standing);
      return new Verdict(false, false);
    }
    return new Verdict(matches(read.get(), password, standing), read.get().outdated());
  }

  @Override
  public void verifyDummy(Trust standing) {
    matches(decoy, SUBSTITUTE, standing);
  }

  private boolean matches(StoredFormat.Stored stored, Password password, Trust standing) {
    return onWorker(Operation.VERIFY, standing, () -> stored.matches(password));
  }

  private <T> T onWorker(Operation operation, Trust standing, Callable<T> work) {
    var deadline = Deadline.current();
    if (deadline.expired()) {
      throw Unavailable.deadlineExceeded();
    }
    Passage passage = listener.asked(operation);
    try {
      return pool.submit(lane(standing), deadline, () -> timed(operation, passage, work)).await();
    } catch (TaskRejected rejected) {
      throw Unavailable.overloaded(rejected.rejection().retryAfter());
    } catch (TimeoutException | CancellationException nobodyWaits) {
      throw Unavailable.deadlineExceeded();
    } catch (InterruptedException callerLeft) {
      Thread.currentThread().interrupt();
      throw Unavailable.deadlineExceeded();
    } catch (ExecutionException failed) {
      throw new Fault("a password could not be hashed", failed);
    } finally {
      passage.left();
    }
  }

  private <T> T timed(Operation operation, Passage passage, Callable<T> work) throws Exception {
    passage.began();
    try {
      long start = System.nanoTime();
      T result = work.call();
      listener.hashed(operation, System.nanoTime() - start);
      return result;
    } finally {
      passage.ended();
    }
  }

  private static QueuePriority lane(Trust standing) {
    return switch (standing) {
      case NORMAL -> QueuePriority.REGULAR;
      case LOW -> QueuePriority.DEFERRED;
    };
  }
}
