package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.signin.FailedSignIns;
import dev.gatehouse.accounts.signin.RecentFailures;
import dev.gatehouse.accounts.signin.SignInLimits;
import dev.gatehouse.app.settings.RateLimitConfiguration;
import dev.gatehouse.http.Filter;
import dev.gatehouse.http.Route;
import dev.gatehouse.limits.AccountLimits;
import dev.gatehouse.limits.BucketStore;
import dev.gatehouse.limits.LocalBucketStore;
import dev.gatehouse.limits.RateLimitFilter;
import dev.gatehouse.limits.RateLimits;
import dev.gatehouse.limits.RefusalRecord;
import dev.gatehouse.limits.SharedBucketStore;
import dev.gatehouse.postgres.session.PostgresSignInAddresses;
import dev.gatehouse.postgres.session.RecentSignIns;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.resilience.ClusterSize;
import java.util.List;
import java.util.Optional;

/// Limits on requests and on attempts at passwords.
///
/// @param signIn for passwords
/// @param failures the failed sign-ins of late
record LimitPart(List<Filter> filters, SignInLimits signIn, FailedSignIns failures)
    implements Part {
  static LimitPart start(ServingPlatform platform, Optional<RedisLink> redis) {
    Platform base = platform.base();
    var failures = new RecentFailures(System::nanoTime, base.random());
    LimitPart part =
        RateLimitConfiguration.limits(platform.configuration())
            .map(
                settings ->
                    new RateLimits(
                        settings,
                        buckets(redis, platform.instances()),
                        platform.metrics().limits()))
            .map(limits -> of(limits, failures, base))
            .orElse(new LimitPart(List.of(), SignInLimits.NONE, failures));
    base.start("the known addresses", () -> part.remember(base));
    return part;
  }

  private static LimitPart of(RateLimits limits, FailedSignIns failures, Platform base) {
    var record = new RefusalRecord(base.audit(), System::nanoTime);
    var addresses = new PostgresSignInAddresses(base.database());
    return new LimitPart(
        List.of(new RateLimitFilter(limits, record)),
        new AccountLimits(
            limits, addresses, failures::succeeded, base.random(), record, System::nanoTime),
        failures);
  }

  /// Reads in the background from which addresses users have lately signed in: they are known again
  /// after a restart.
  private RecentSignIns remember(Platform base) {
    return RecentSignIns.read(
        base.database(),
        (account, ip) -> {
          signIn.succeeded(account, ip);
          failures.succeeded(account, ip);
        },
        base.tasks());
  }

  private static BucketStore buckets(Optional<RedisLink> redis, ClusterSize instances) {
    return redis
        .<BucketStore>map(link -> new SharedBucketStore(link, instances, System::nanoTime))
        .orElseGet(() -> new LocalBucketStore(System::nanoTime));
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }
}
