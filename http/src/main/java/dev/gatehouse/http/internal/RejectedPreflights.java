package dev.gatehouse.http.internal;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs preflights of origins that are not listed, with what to do about it: the browser shows its
/// user a failed request and no reason. At most one line a minute. Thread-safe.
final class RejectedPreflights {
  private static final Logger log = LoggerFactory.getLogger(RejectedPreflights.class);
  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int LONGEST = 200;

  private final LongSupplier nanoTime;
  private boolean any;
  private long loggedAt;
  private int unlogged;

  /// @param nanoTime the monotonic clock
  RejectedPreflights(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// @param template of the path that was asked for
  synchronized void log(@Nullable String origin, String method, String template) {
    long now = nanoTime.getAsLong();
    if (origin == null || (any && now - loggedAt < INTERVAL_NANOS)) {
      unlogged++;
      return;
    }
    log.atWarn()
        .addKeyValue("origin", cut(origin))
        .addKeyValue("method", cut(method))
        .addKeyValue("path", template)
        .addKeyValue("not_logged_before", unlogged)
        .log("Preflight rejected; list the origin in GATEHOUSE_CORS_ORIGINS if its pages may call");
    any = true;
    loggedAt = now;
    unlogged = 0;
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(LONGEST, text.length()));
  }
}
