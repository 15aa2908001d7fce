package dev.gatehouse.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Records refusals in the audit log within bounds: the first refusal of a client under a limit,
/// then none for ten minutes, and at most sixty a minute for all clients. Thread-safe, in bounded
/// memory; never waits.
public final class RefusalRecord {
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int REMEMBERED = 10_000;
  private static final Rate OVERALL = new Rate(60, Duration.ofMinutes(1));
  private static final long EVERYBODY = 0;

  private final AuditLog audit;
  private final Buckets overall;
  private final Cache<Refused, Boolean> recent;

  /// @param nanos a monotonic clock, such as `System::nanoTime`
  public RefusalRecord(AuditLog audit, LongSupplier nanos) {
    this.audit = audit;
    this.overall = new LocalBuckets(OVERALL, 1, nanos);
    this.recent =
        Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(QUIET)
            .ticker(nanos::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /// A limit has refused a client.
  ///
  /// @param key of the client or the account in the limit
  void refused(Limit limit, long key, Origin origin) {
    var refused = new Refused(limit.name(), key);
    if (recent.getIfPresent(refused) == null
        && overall.take(EVERYBODY).allowed()
        && recent.asMap().putIfAbsent(refused, true) == null) {
      audit.record(AuditEvent.about(AuditEvent.Kind.RATE_LIMITED, "limit:" + limit.name(), origin));
    }
  }

  private record Refused(String limit, long key) {}
}
