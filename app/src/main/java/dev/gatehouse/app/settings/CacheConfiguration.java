package dev.gatehouse.app.settings;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Setting;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.app.config.SettingTypes;
import dev.gatehouse.cache.CacheSettings;
import dev.gatehouse.redis.RedisAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// What is kept in memory, and where instances share it.
public final class CacheConfiguration {
  private static final String REDIS_FORM =
      "a Redis URL such as redis://user:password@host:6379, rediss:// for TLS,"
          + " redis-cluster://one:6379,two:6379 or redis-sentinel://";

  public static final Setting<RedisAddress> REDIS_URL =
      Setting.optional(
              "REDIS_URL",
              new SettingType<>(REDIS_FORM, CacheConfiguration::readRedis, RedisAddress::toString),
              "none: in-process only",
              "Redis, in which instances share cached users and rate limits; they also work without it")
          .asSecret();
  public static final Setting<Duration> TTL =
      Setting.of(
          "CACHE_TTL",
          Durations.between("1s", "1d"),
          "5m",
          "longest time for which a user is cached; changes are visible within a second nevertheless");
  public static final Setting<Integer> MAX_ENTRIES =
      Setting.of(
          "CACHE_MAX_ENTRIES",
          SettingTypes.number(1, CacheSettings.MOST_ENTRIES),
          "100000",
          "number of cached users, about 1 KiB each");

  public static final Section SECTION =
      new Section("Cache", List.of(REDIS_URL, TTL, MAX_ENTRIES), List.of());

  private CacheConfiguration() {}

  /// What is kept in memory.
  public static CacheSettings cache(Configuration configuration) {
    return new CacheSettings(configuration.get(TTL), configuration.get(MAX_ENTRIES));
  }

  private static RedisAddress readRedis(String text) throws InvalidValue {
    try {
      return RedisAddress.parse(URI.create(text));
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidValue(REDIS_FORM);
    }
  }
}
