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

/// Reads through a cache: a missing entry is loaded once for all concurrent callers. While the
/// store is unavailable, the last known entry is served. Thread-safe.
final class ReadThrough {
  private final TieredCache cache;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<String, CompletableFuture<Entry>> flights = new ConcurrentHashMap<>();

  ReadThrough(TieredCache cache, LongSupplier nanoTime) {
    this.cache = cache;
    this.nanoTime = nanoTime;
  }

  /// The entry in this process. Never waits.
  Optional<Entry> peek(String key) {
    return cache.peek(key);
  }

  /// The entry of a key, from the cache or else from the loader, which runs on the calling thread.
  ///
  /// @throws Unavailable `DEADLINE_EXCEEDED` when the load of another caller exceeds the deadline
  ///     of this one; otherwise the exception of the loader
  Entry get(String key, Supplier<Entry> loader) {
    Optional<Entry> held = cache.peek(key);
    if (held.isPresent()) {
      return held.get();
    }
    var own = new CompletableFuture<Entry>();
    CompletableFuture<Entry> other = flights.putIfAbsent(key, own);
    return other == null ? fly(key, loader, own) : join(other);
  }

  /// Removes the entry. Later callers do not join a load that began before.
  void delete(String key) {
    cache.delete(key);
    flights.remove(key);
  }

  /// Excludes versions older than this one. Later callers do not join a load that began before.
  void invalidate(String key, long version) {
    cache.invalidate(key, version);
    flights.remove(key);
  }

  /// Applies a change by another instance.
  void changed(Change change) {
    if (cache.changed(change)) {
      flights.remove(change.key());
    }
  }

  /// The load is unregistered before it completes: later callers find the entry in the cache.
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
