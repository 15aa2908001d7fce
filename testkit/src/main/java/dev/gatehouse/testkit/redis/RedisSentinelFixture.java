package dev.gatehouse.testkit.redis;

import dev.gatehouse.testkit.net.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A master and its replica with one sentinel, which promotes the replica when the master is down
/// for a second.
public final class RedisSentinelFixture implements AutoCloseable {
  private static final String NAME = "gatehouse";
  private static final Duration READY = Duration.ofSeconds(30);
  private static final long POLL_NANOS = 50_000_000;

  private final RedisFixture master;
  private final RedisFixture replica;
  private final Path folder;
  private final Process sentinel;
  private final int port = FreePorts.next();

  private RedisSentinelFixture(Path program, RedisFixture master, RedisFixture replica)
      throws IOException {
    this.master = master;
    this.replica = replica;
    folder = Files.createTempDirectory("gatehouse-sentinel");
    Path file =
        Files.writeString(
            folder.resolve("sentinel.conf"),
            """
            port %1$d
            bind 127.0.0.1
            dir %2$s
            sentinel monitor %3$s 127.0.0.1 %4$d 1
            sentinel down-after-milliseconds %3$s 1000
            sentinel failover-timeout %3$s 3000
            """
                .formatted(port, folder, NAME, master.port()));
    sentinel =
        new ProcessBuilder(program.toString(), file.toString(), "--sentinel")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(sentinel::destroyForcibly));
    awaitReplicaKnown();
  }

  /// Uses the `redis-server` on the path; empty when there is none.
  public static Optional<RedisSentinelFixture> installed() {
    return RedisFixture.installedProgram().map(RedisSentinelFixture::of);
  }

  private static RedisSentinelFixture of(Path program) {
    RedisFixture master = RedisFixture.installed().orElseThrow();
    String[] following = {"--replicaof", "127.0.0.1 " + master.port()};
    RedisFixture replica = RedisFixture.installed(following).orElseThrow();
    try {
      return new RedisSentinelFixture(program, master, replica);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The address for clients.
  public URI url() {
    return URI.create("redis-sentinel://127.0.0.1:" + port + "?sentinelMasterId=" + NAME);
  }

  /// The first master.
  public RedisFixture master() {
    return master;
  }

  /// The replica, which is promoted.
  public RedisFixture replica() {
    return replica;
  }

  @Override
  public void close() {
    sentinel.destroyForcibly();
    try {
      sentinel.waitFor(READY.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    replica.close();
    master.close();
    folder.resolve("sentinel.conf").toFile().delete();
    folder.toFile().delete();
  }

  private void awaitReplicaKnown() {
    long end = System.nanoTime() + READY.toNanos();
    while (!knowsReplica()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the sentinel does not find the replica");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private boolean knowsReplica() {
    try (var conversation = new RedisConversation(port)) {
      return conversation.say("SENTINEL", "REPLICAS", NAME).contains("" + replica.port());
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }
}
