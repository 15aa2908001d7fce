package dev.gatehouse.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.tracing.Tracing;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Opens connections to a single Redis or a Cluster. Without a connection commands fail instead of
/// being queued, commands in progress are bounded, and a reconnect is delayed by at most 1 s.
final class RedisConnector implements AutoCloseable {
  static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  private static final int MAX_IN_PROGRESS = 2_000;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(15);

  private final ClientResources resources;
  private final AbstractRedisClient client;

  RedisConnector(RedisAddress address, Duration commandTimeout, Tracing tracing) {
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .tracing(tracing)
            .reconnectDelay(() -> Delay.equalJitter(50, 1_000, 50, TimeUnit.MILLISECONDS))
            .build();
    client = address.cluster() ? cluster(address, commandTimeout) : single(address, commandTimeout);
  }

  /// Connects, within a few seconds.
  ///
  /// @throws io.lettuce.core.RedisException when Redis is unreachable
  RedisConnection connect() {
    return switch (client) {
      case RedisClusterClient cluster -> connect(cluster);
      case RedisClient single -> connect(single);
      default -> throw new IllegalStateException("neither single nor a Cluster");
    };
  }

  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    var _ = resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  private static RedisConnection connect(RedisClient single) {
    var commands = single.connect(CODEC);
    try {
      return new RedisConnection(commands, commands.async(), single.connectPubSub(CODEC));
    } catch (RuntimeException away) {
      var _ = commands.closeAsync();
      throw away;
    }
  }

  private static RedisConnection connect(RedisClusterClient cluster) {
    var commands = cluster.connect(CODEC);
    try {
      // Otherwise the first command for each node would wait for its connection.
      for (var node : commands.getPartitions()) {
        var _ = commands.getConnection(node.getUri().getHost(), node.getUri().getPort());
      }
      return new RedisConnection(commands, commands.async(), cluster.connectPubSub(CODEC));
    } catch (RuntimeException away) {
      var _ = commands.closeAsync();
      throw away;
    }
  }

  private RedisClient single(RedisAddress address, Duration commandTimeout) {
    var single = RedisClient.create(resources, address.seeds().getFirst());
    single.setOptions(bounded(ClientOptions.builder(), commandTimeout).build());
    return single;
  }

  private RedisClusterClient cluster(RedisAddress address, Duration commandTimeout) {
    var cluster = RedisClusterClient.create(resources, address.seeds());
    var refresh =
        ClusterTopologyRefreshOptions.builder()
            .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
            .enablePeriodicRefresh(TOPOLOGY_REFRESH)
            .build();
    var options = ClusterClientOptions.builder().topologyRefreshOptions(refresh);
    bounded(options, commandTimeout);
    cluster.setOptions(options.build());
    return cluster;
  }

  private static ClientOptions.Builder bounded(
      ClientOptions.Builder options, Duration commandTimeout) {
    var keepAlive =
        KeepAliveOptions.builder()
            .enable()
            .idle(Duration.ofSeconds(5))
            .interval(Duration.ofSeconds(2))
            .count(3)
            .build();
    var sockets =
        SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).keepAlive(keepAlive).build();
    return options
        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(MAX_IN_PROGRESS)
        .socketOptions(sockets)
        .timeoutOptions(TimeoutOptions.builder().fixedTimeout(commandTimeout).build());
  }
}
