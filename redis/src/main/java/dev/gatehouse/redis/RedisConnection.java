package dev.gatehouse.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/// An open connection to Redis.
///
/// @param link the connection of the commands
/// @param commands those that a single Redis and a Cluster both support
/// @param messages the connection of published messages
record RedisConnection(
    StatefulConnection<String, byte[]> link,
    RedisClusterAsyncCommands<String, byte[]> commands,
    StatefulRedisPubSubConnection<String, byte[]> messages)
    implements AutoCloseable {
  @Override
  public void close() {
    var _ = link.closeAsync();
    var _ = messages.closeAsync();
  }
}
