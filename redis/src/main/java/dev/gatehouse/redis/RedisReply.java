package dev.gatehouse.redis;

import org.jspecify.annotations.Nullable;

/// What became of a command for Redis.
public sealed interface RedisReply<T> {
  /// Redis answered in time.
  record Answered<T>(@Nullable T value) implements RedisReply<T> {}

  /// Redis answered that it will not do this.
  record Refused<T>(String reason) implements RedisReply<T> {}

  /// Redis did not answer, or not in time.
  record Failed<T>(Throwable cause) implements RedisReply<T> {}

  /// Redis was not asked, because it is known to be away.
  record Bypassed<T>() implements RedisReply<T> {}
}
