package dev.gatehouse.app.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// The same thing done by many at once.
final class Parallel {
  private Parallel() {}

  /// All results; fails with the first failure.
  static <T> List<T> times(int count, Callable<T> work)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var result : threads.invokeAll(Collections.nCopies(count, work))) {
        results.add(result.get());
      }
      return results;
    }
  }
}
