package dev.gatehouse.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Tries the commands that this program uses, on keys and channels with its prefixes. An access
/// list denies by command, by key and by channel, so a successful `PING` proves little.
final class Trial {
  private static final String SCRIPT =
      """
      redis.call('TIME')
      redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
      redis.call('GET', KEYS[1])
      return 1
      """;
  private static final byte[] LIFE_MILLIS = {'1', '0', '0', '0'};
  private static final Duration LONGEST = Duration.ofMillis(500);

  private Trial() {}

  /// Starts the trial.
  ///
  /// @param prefixes of keys
  /// @param channels of the subscriptions
  /// @return fails with the first refusal or at the timeout
  static CompletableFuture<Void> on(
      RedisConnection connection, Collection<String> prefixes, Collection<String> channels) {
    RedisClusterAsyncCommands<String, byte[]> commands = connection.commands();
    List<CompletableFuture<?>> tried = new ArrayList<>();
    tried.add(commands.ping().toCompletableFuture());
    for (String prefix : prefixes) {
      String[] keys = {prefix + "trial"};
      tried.add(
          commands
              .<Long>eval(SCRIPT, ScriptOutputType.INTEGER, keys, LIFE_MILLIS)
              .toCompletableFuture());
      tried.add(commands.get(keys[0]).toCompletableFuture());
      tried.add(commands.del(keys).toCompletableFuture());
    }
    for (String channel : channels) {
      tried.add(commands.publish(channel, new byte[0]).toCompletableFuture());
      tried.add(connection.messages().async().subscribe(channel).toCompletableFuture());
    }
    return CompletableFuture.allOf(tried.toArray(CompletableFuture[]::new))
        .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
  }
}
