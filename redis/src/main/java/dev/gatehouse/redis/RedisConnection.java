package dev.gatehouse.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/// An open way to Redis.
///
/// @param link what the commands travel on
/// @param commands those that a single Redis and a Cluster both know
/// @param messages what published messages arrive on
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
