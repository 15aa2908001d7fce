package dev.gatehouse.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells what Redis as a whole refuses us from what is wrong with one command or one key. A server
/// that denies our commands or keys, or takes no writes, is of no use, though it answers.
final class Refusals {
  private static final int LONGEST = 200;

  /// Error codes (Redis manual, "Redis serialization protocol: simple errors"), also where a script
  /// passes them on.
  private static final Pattern CODES =
      Pattern.compile(
          "\\b(NOPERM|NOAUTH|WRONGPASS|READONLY|OOM|MISCONF|LOADING|MASTERDOWN|CLUSTERDOWN|NOREPLICAS)\\b"
              + "|\\bunknown command\\b|\\bunknown redis command\\b"
              + "|\\bis not allowed from script\\b|\\bDENIED\\b",
          Pattern.CASE_INSENSITIVE);

  private Refusals() {}

  /// What Redis refuses, in its own words; empty when this is no refusal of that kind.
  static Optional<String> reason(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      String message = String.valueOf(cause.getMessage());
      boolean fromServer = cause instanceof RedisCommandExecutionException;
      if (fromServer && CODES.matcher(message).find()) {
        return Optional.of(message.length() > LONGEST ? message.substring(0, LONGEST) : message);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
