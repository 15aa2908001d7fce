package dev.gatehouse.cache;

import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.resilience.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Reads through a cache: what is missing is loaded, once for all who miss it at the same time.
/// While the store cannot be asked, what was last known is served. Thread-safe.
final class ReadThrough {
  private final TieredCache cache;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, CompletableFuture<Entry>> flights = new ConcurrentHashMap<>();

  ReadThrough(TieredCache cache, LongSupplier nanoTime) {
    this.cache = cache;
    this.nanoTime = nanoTime;
  }

  /// What is held in this process. Never waits.
  Optional<Entry> peek(String key) {
    return cache.peek(key);
  }

  /// The entry of a key, from the cache or else from the loader, which runs on the calling thread.
  ///
  /// @throws Unavailable `DEADLINE_EXCEEDED` when another caller's loading outlasts the deadline of
  ///     this one; otherwise whatever the loader throws
  Entry get(String key, Supplier<Entry> loader) {
    Optional<Entry> held = cache.peek(key);
    if (held.isPresent()) {
      return held.get();
    }
    var own = new CompletableFuture<Entry>();
    CompletableFuture<Entry> other = flights.putIfAbsent(key, own);
    return other == null ? fly(key, loader, own) : join(other);
  }

  /// Forgets what is held, whatever it is. Anyone who asks from now on does not join a load begun
  /// before.
  void delete(String key) {
    cache.delete(key);
    flights.remove(key);
  }

  /// Rules out what is older than a version. Anyone who asks from now on does not join a load begun
  /// before.
  void invalidate(String key, long version) {
    cache.invalidate(key, version);
    flights.remove(key);
  }

  /// Takes note of a change made elsewhere.
  void changed(Change change) {
    if (cache.changed(change)) {
      flights.remove(change.key());
    }
  }

  /// The flight is taken down before it lands: who comes after that finds the entry in the cache.
  private Entry fly(String key, Supplier<Entry> loader, CompletableFuture<Entry> own) {
    try {
      Entry entry = cache.peek(key).or(() -> cache.getFar(key)).orElseGet(() -> load(key, loader));
      flights.remove(key, own);
      own.complete(entry);
      return entry;
    } catch (RuntimeException | Error failure) {
      flights.remove(key, own);
      own.completeExceptionally(failure);
      throw failure;
    }
  }

  private Entry load(String key, Supplier<Entry> loader) {
    long began = nanoTime.getAsLong();
    try {
      Entry entry = loader.get();
      cache.setLoaded(key, entry, began);
      return entry;
    } catch (Unavailable away) {
      if (away.code() != ErrorCode.DEPENDENCY_UNAVAILABLE) {
        throw away;
      }
      return cache.lastKnown(key).orElseThrow(() -> away);
    }
  }

  private static Entry join(CompletableFuture<Entry> flight) {
    try {
      return flight.get(Deadline.current().remainingNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      throw Unavailable.deadlineExceeded();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw Unavailable.deadlineExceeded();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case RuntimeException refused -> throw refused;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(failed);
      }
    }
  }
}
