package dev.gatehouse.redis;

import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maintains the connection to Redis on a background thread: opens the first connection, sends the
/// probes that end a doubt or close the breaker, and replaces an open connection without responses.
final class RedisWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);

  private final RedisLink link;
  private final RedisHealth health;
  private final PeriodicTasks tasks;
  private @Nullable PeriodicTask task;
  private boolean away;
  private boolean refused;
  private long connectedAt;

  RedisWatch(RedisLink link, RedisHealth health, PeriodicTasks tasks) {
    this.link = link;
    this.health = health;
    this.tasks = tasks;
  }

  void start() {
    task = tasks.task("redis-monitor").every(INTERVAL).start(this::look);
  }

  @Override
  public void close() {
    if (task != null) {
      task.close();
    }
  }

  private void look() {
    if (!link.connected()) {
      connect();
    }
    health.admitProbe().ifPresent(link::probe);
    boolean silent = !health.isGood() && health.silence().compareTo(SILENCE) > 0;
    report(health.refusal());
    if (silent && link.connected()) {
      log.warn("Redis has been silent for {}; reconnecting", SILENCE);
      link.disconnect();
    }
  }

  /// Reconnects after READONLY, because the connection may lead to a former master.
  private void report(Optional<String> refusal) {
    if (refusal.isPresent() && !refused) {
      log.atWarn()
          .addKeyValue("reason", refusal.get())
          .log(
              "Redis rejects commands; continuing without it, with rate limits divided among the"
                  + " instances: {}",
              refusal.get());
    }
    if (refusal.isEmpty() && refused && link.connected()) {
      log.info("Redis accepts commands again");
    }
    refused = refusal.isPresent() || (refused && !link.connected());
    boolean elsewhere = refusal.filter(reason -> reason.contains("READONLY")).isPresent();
    long now = System.nanoTime();
    if (elsewhere && link.connected() && now - connectedAt > SILENCE.toNanos()) {
      link.disconnect();
    }
  }

  private void connect() {
    try {
      link.connect();
      connectedAt = System.nanoTime();
      if (health.refusal().isEmpty()) {
        log.info("Connected to Redis");
      }
      away = false;
    } catch (RedisException unreachable) {
      Refusals.reason(unreachable).ifPresent(health::refuse);
      if (!away) {
        log.warn("Redis is unreachable; continuing without it", unreachable);
      }
      away = true;
    }
  }
}
