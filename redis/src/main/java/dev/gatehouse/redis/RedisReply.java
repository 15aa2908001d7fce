package dev.gatehouse.redis;

import org.jspecify.annotations.Nullable;

/// The outcome of a command for Redis.
public sealed interface RedisReply<T> {
  /// Redis responded in time.
  record Success<T>(@Nullable T value) implements RedisReply<T> {}

  /// Redis rejected the command.
  record Refused<T>(String reason) implements RedisReply<T> {}

  /// Redis did not respond, or not in time.
  record Failed<T>(Throwable cause) implements RedisReply<T> {}

  /// The command was not sent, because Redis is known to be down.
  record Bypassed<T>() implements RedisReply<T> {}
}
