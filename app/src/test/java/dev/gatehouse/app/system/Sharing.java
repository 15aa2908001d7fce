package dev.gatehouse.app.system;

import dev.gatehouse.testkit.redis.RedisFixture;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/// Whether an instance shares through Redis what it reads.
final class Sharing {
  private static final String PASSWORD = "an engine of difference";

  private Sharing() {}

  /// Waits until a user who is read for the first time is found in Redis.
  static void await(ApiClient client, RedisFixture redis) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> isShared(client, redis));
  }

  private static boolean isShared(ApiClient client, RedisFixture redis) {
    String email = UUID.randomUUID() + "@example.org";
    String id = client.register(email, PASSWORD).text("id");
    String token = client.signIn(email, PASSWORD).text("access_token");
    client.get("/v1/users/me", Optional.of(token));
    return redis.command("EXISTS", "gatehouse:users:1:" + id).equals(":1");
  }
}
