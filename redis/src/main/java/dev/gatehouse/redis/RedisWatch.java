package dev.gatehouse.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the way to Redis from a thread of its own: makes the first connection, sends the probes
/// that end a doubt or close the breaker, and replaces a connection on which nothing has been heard for long though the
/// network calls it open.
final class RedisWatch implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(RedisWatch.class);

  private final RedisLink link;
  private final RedisHealth health;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("redis-watch").factory());
  private boolean away;

  RedisWatch(RedisLink link, RedisHealth health) {
    this.link = link;
    this.health = health;
  }

  void start() {
    var _ =
        thread.scheduleWithFixedDelay(this::look, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      if (!link.connected()) {
        connect();
      }
      health.admitProbe().ifPresent(link::probe);
      boolean silent = !health.isGood() && health.silence().compareTo(SILENCE) > 0;
      if (silent && link.connected()) {
        log.warn("Redis has been silent for {}; connecting anew", SILENCE);
        link.disconnect();
      }
    } catch (RuntimeException | Error fault) {
      log.error("Looking after Redis failed", fault);
    }
  }

  private void connect() {
    try {
      link.connect();
      log.info("Connected to Redis");
      away = false;
    } catch (RedisException unreachable) {
      if (!away) {
        log.warn("Redis cannot be reached; going on without it", unreachable);
      }
      away = true;
    }
  }
}
