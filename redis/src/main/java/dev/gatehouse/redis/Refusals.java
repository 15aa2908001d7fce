package dev.gatehouse.redis;

import io.lettuce.core.RedisCommandExecutionException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Distinguishes a refusal by the server from the error of a single command or key. A server that
/// denies our commands or keys, or accepts no writes, is unusable although it responds.
final class Refusals {
  private static final int LONGEST = 200;

  /// Error codes (Redis manual, "Redis serialization protocol: simple errors"), also when a script
  /// returns them.
  private static final Pattern CODES =
      Pattern.compile(
          "\\b(NOPERM|NOAUTH|WRONGPASS|READONLY|OOM|MISCONF|LOADING|MASTERDOWN|CLUSTERDOWN|NOREPLICAS)\\b"
              + "|\\bunknown command\\b|\\bunknown redis command\\b"
              + "|\\bis not allowed from script\\b|\\bDENIED\\b",
          Pattern.CASE_INSENSITIVE);

  private Refusals() {}

  /// The error message of a refusal; empty when the failure is not a refusal.
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
