package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Repeats an optimistic update that lost a race against another one.
public final class StaleVersionRetry {
  private static final int ATTEMPTS = 5;

  private StaleVersionRetry() {}

  /// Performs an update: once if the caller expects a version, which a retry cannot bring back, and
  /// up to 5 times otherwise.
  ///
  /// @param update reads and writes; `STALE_VERSION` says that it lost a race
  /// @throws Refusal the last one
  public static <T> T run(OptionalLong expected, Supplier<T> update) {
    return run(expected.isPresent() ? 1 : ATTEMPTS, _ -> update.get());
  }

  /// Performs an update up to 5 times.
  ///
  /// @param update receives the number of the attempt, from 1
  /// @throws Refusal the last one
  public static <T> T run(IntFunction<T> update) {
    return run(ATTEMPTS, update);
  }

  /// Performs an update up to a number of times.
  ///
  /// @param update receives the number of the attempt, from 1
  /// @throws Refusal the last one
  public static <T> T run(int attempts, IntFunction<T> update) {
    for (int attempt = 1; ; attempt++) {
      try {
        return update.apply(attempt);
      } catch (Refusal refusal) {
        if (refusal.code() != ErrorCode.STALE_VERSION || attempt >= attempts) {
          throw refusal;
        }
      }
    }
  }
}
