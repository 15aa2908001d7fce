package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.signin.FailedSignIns;
import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.accounts.signin.SignInLimits;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.settings.RateLimitConfiguration;
import dev.gatehouse.http.Filter;
import dev.gatehouse.limits.AccountLimits;
import dev.gatehouse.limits.BucketStore;
import dev.gatehouse.limits.LimitListener;
import dev.gatehouse.limits.LocalBucketStore;
import dev.gatehouse.limits.RateLimitFilter;
import dev.gatehouse.limits.RateLimits;
import dev.gatehouse.limits.RefusalRecord;
import dev.gatehouse.limits.SharedBucketStore;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.session.RecentSignIns;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.ClusterSize;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The limits as the parts see them that apply them.
///
/// @param filters for requests
/// @param signIn for passwords
record Limits(List<Filter> filters, SignInLimits signIn) {
  static Limits of(
      Configuration configuration,
      Optional<RedisLink> redis,
      ClusterSize instances,
      LimitListener listener,
      SignInAddresses addresses,
      FailedSignIns history,
      AuditLog audit,
      RandomGenerator random) {
    var record = new RefusalRecord(audit, System::nanoTime);
    return RateLimitConfiguration.limits(configuration)
        .map(settings -> new RateLimits(settings, buckets(redis, instances), listener))
        .map(
            limits ->
                new Limits(
                    List.of(new RateLimitFilter(limits, record)),
                    new AccountLimits(
                        limits, addresses, history::succeeded, random, record, System::nanoTime)))
        .orElse(new Limits(List.of(), SignInLimits.NONE));
  }

  /// Reads, in the background, from which addresses users have lately signed in: they are known
  /// again after a restart.
  RecentSignIns remember(Database database, FailedSignIns history, PeriodicTasks tasks) {
    return RecentSignIns.read(
        database,
        (account, ip) -> {
          signIn.succeeded(account, ip);
          history.succeeded(account, ip);
        },
        tasks);
  }

  private static BucketStore buckets(Optional<RedisLink> redis, ClusterSize instances) {
    return redis
        .<BucketStore>map(link -> new SharedBucketStore(link, instances, System::nanoTime))
        .orElseGet(() -> new LocalBucketStore(System::nanoTime));
  }
}
