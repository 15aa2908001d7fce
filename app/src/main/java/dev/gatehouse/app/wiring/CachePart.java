package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.api.user.UserDocument;
import dev.gatehouse.api.user.UserDocuments;
import dev.gatehouse.app.settings.CacheConfiguration;
import dev.gatehouse.cache.CachedUsers;
import dev.gatehouse.cache.Caches;
import dev.gatehouse.http.Route;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.user.PostgresChangedUsers;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.redis.RedisLink;
import dev.gatehouse.telemetry.metrics.Metrics;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What is kept in memory, and the way to Redis if there is one.
///
/// @param users in the form in which they are sent
record CachePart(Optional<RedisLink> redis, CachedUsers<UserDocument> users) implements Part {
  static CachePart start(ServingPlatform platform) {
    Platform base = platform.base();
    var configuration = platform.configuration();
    Metrics metrics = platform.metrics();
    Optional<RedisLink> redis =
        configuration
            .find(CacheConfiguration.REDIS_URL)
            .map(
                address ->
                    base.start(
                        "the way to Redis",
                        () ->
                            RedisLink.open(
                                address,
                                metrics.breakers(),
                                platform.telemetry().redis(),
                                base.tasks())));
    redis.ifPresent(_ -> metrics.breakers().watch("redis"));
    PostgresChangedUsers changes =
        base.start(
            "the feed of changes",
            () -> new PostgresChangedUsers(base.store().settings(), platform.guard()));
    metrics.feedHorizon("user_changes", changes::horizonAge);
    Caches caches =
        base.start(
            "the caches",
            () ->
                new Caches(
                    CacheConfiguration.cache(configuration),
                    redis,
                    base.random(),
                    metrics.cache(),
                    base.tasks()));
    var stored = new PostgresUsers(base.database(), platform.replica());
    var part = new CachePart(redis, caches.users(stored, changes, UserDocument::of));
    part.check().ifPresent(platform.readiness()::mention);
    return part;
  }

  /// Whether Redis is there, where one is configured.
  private Optional<HealthCheck> check() {
    return redis.map(link -> new HealthCheck("redis", RedisLink.TIMEOUT, () -> requireUp(link)));
  }

  private static void requireUp(RedisLink link) throws IOException {
    Optional<String> trouble = link.trouble();
    if (trouble.isPresent()) {
      throw new IOException(trouble.get());
    }
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }

  @Override
  public List<Cleanup> cleanups() {
    return List.of(PostgresChangedUsers.CLEANUP);
  }

  UserDocuments documents() {
    return new UserDocuments(users::findView, users::peekView);
  }
}
