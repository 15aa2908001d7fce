package dev.gatehouse.testkit.redis;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A Redis Cluster of three masters for one test.
public final class RedisClusterFixture implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final Duration FORMING = Duration.ofSeconds(20);
  private static final long POLL_NANOS = 20_000_000;
  private static final String[] OPTIONS = {
    "--cluster-enabled", "yes", "--cluster-node-timeout", "2000"
  };

  private final List<RedisFixture> masters;

  private RedisClusterFixture(List<RedisFixture> masters) {
    this.masters = masters;
    form();
  }

  /// A Cluster of the embedded Redis.
  public static RedisClusterFixture embedded() {
    return new RedisClusterFixture(
        Stream.generate(() -> RedisFixture.embedded(OPTIONS)).limit(MASTERS).toList());
  }

  /// A Cluster of the `redis-server` on the path; empty when there is none.
  public static Optional<RedisClusterFixture> installed() {
    List<RedisFixture> masters =
        Stream.generate(() -> RedisFixture.installed(OPTIONS))
            .limit(MASTERS)
            .flatMap(Optional::stream)
            .toList();
    return masters.isEmpty() ? Optional.empty() : Optional.of(new RedisClusterFixture(masters));
  }

  /// The address for clients.
  public URI url() {
    return URI.create(
        masters.stream()
            .map(master -> "127.0.0.1:" + master.port())
            .collect(Collectors.joining(",", "redis-cluster://", "")));
  }

  /// The masters.
  public List<RedisFixture> masters() {
    return masters;
  }

  @Override
  public void close() {
    masters.forEach(RedisFixture::close);
  }

  private void form() {
    for (int index = 0; index < MASTERS; index++) {
      var slots =
          IntStream.range(SLOTS * index / MASTERS, SLOTS * (index + 1) / MASTERS)
              .mapToObj(Integer::toString);
      var addSlots = Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots);
      masters.get(index).command(addSlots.toArray(String[]::new));
      masters
          .get(index)
          .command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(masters.getFirst().port()));
    }
    long end = System.nanoTime() + FORMING.toNanos();
    while (!masters.stream().allMatch(RedisClusterFixture::knowsAll)) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the Cluster does not form");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean knowsAll(RedisFixture master) {
    String info = master.command("CLUSTER", "INFO");
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
  }
}
