package dev.gatehouse.app.wiring;

import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.postgres.database.ServerGuard;
import dev.gatehouse.redis.RedisLink;
import java.time.Duration;
import java.util.Optional;

/// The position of the database server, which instances share through Redis where there is one, so
/// that an instance which has just started also refuses a server that is behind.
final class DatabasePositionPart {
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private DatabasePositionPart() {}

  static void start(ServingPlatform platform, Optional<RedisLink> redis) {
    ServerGuard guard = platform.guard();
    Platform base = platform.base();
    platform.metrics().serverRefused(() -> guard.refusal().isPresent());
    platform
        .readiness()
        .require(new HealthCheck("database_position", TIMEOUT, guard::requireCurrent));
    redis.ifPresent(
        link -> {
          var shared = new RedisPosition(link, base.store().settings().address());
          base.start(
              "the shared position of the database",
              () ->
                  base.tasks()
                      .task("database-position")
                      .every(INTERVAL)
                      .start(() -> guard.exchange(shared)));
        });
  }
}
