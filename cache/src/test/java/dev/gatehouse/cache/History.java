package dev.gatehouse.cache;

import dev.gatehouse.cache.ChangeFeed.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/// What instances wrote and read, and a check of whether reads kept up with writes: on the instance
/// that wrote at once, on others within a bound; and whether nothing was read before it was
/// written. Versions of a key grow with time, so a read is right when its version is neither below
/// that of any write it must have seen nor above that of the last write begun before it ended.
final class History {
  private final Map<String, ConcurrentLinkedQueue<Operation>> operations =
      new ConcurrentHashMap<>();

  void wrote(int instance, String key, long version, long began, long ended) {
    record(key, new Operation(true, instance, version, began, ended));
  }

  void read(int instance, String key, long version, long began, long ended) {
    record(key, new Operation(false, instance, version, began, ended));
  }

  /// What contradicts the promise, as text.
  List<String> violations(Duration bound) {
    var found = new ArrayList<String>();
    operations.forEach((key, all) -> check(key, List.copyOf(all), bound.toNanos(), found));
    return found;
  }

  int size() {
    return operations.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum();
  }

  private void record(String key, Operation operation) {
    operations.computeIfAbsent(key, none -> new ConcurrentLinkedQueue<>()).add(operation);
  }

  private static void check(String key, List<Operation> all, long bound, List<String> found) {
    List<Operation> writes = all.stream().filter(Operation::write).toList();
    for (Operation read : all) {
      if (read.write) {
        continue;
      }
      long least = 0;
      long most = 0;
      for (Operation write : writes) {
        long grace = write.instance == read.instance ? 0 : bound;
        if (read.began - write.ended > grace) {
          least = Math.max(least, write.version);
        }
        if (read.ended - write.began >= 0) {
          most = Math.max(most, write.version);
        }
      }
      // What is deleted is read as absent, whose version represents the highest there is.
      long version = read.version == 0 && most == Change.DELETED ? Change.DELETED : read.version;
      if (version < least || version > most) {
        found.add("%s: %s, must be from %d to %d".formatted(key, read, least, most));
      }
    }
  }

  private record Operation(boolean write, int instance, long version, long began, long ended) {}
}
