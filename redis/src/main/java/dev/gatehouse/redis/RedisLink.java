package dev.gatehouse.redis;

import dev.gatehouse.resilience.Deadline;
import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.breaker.CircuitState;
import dev.gatehouse.resilience.breaker.Permit;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.tracing.Tracing;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to Redis, for parts that also work without it. It connects and reconnects in the
/// background, limits each command to [#TIMEOUT], and sends none while Redis does not respond, see
/// [RedisHealth]. No method throws because Redis is down. Thread-safe.
public final class RedisLink implements AutoCloseable {
  /// The longest time for a command.
  public static final Duration TIMEOUT = Duration.ofMillis(50);

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  private final Duration timeout;
  private final RedisHealth health;
  private final RedisConnector connector;
  private final RedisWatch watch;
  private final Map<String, Consumer<byte[]>> subscribers = new ConcurrentHashMap<>();
  private final Set<String> prefixes = ConcurrentHashMap.newKeySet();
  private volatile @Nullable RedisConnection connection;

  private RedisLink(
      RedisAddress address,
      Duration timeout,
      CircuitBreakerListener listener,
      Tracing tracing,
      PeriodicTasks tasks) {
    this.timeout = timeout;
    health = new RedisHealth(timeout.multipliedBy(4).dividedBy(5), System::nanoTime, listener);
    connector = new RedisConnector(address, timeout, tracing);
    watch = new RedisWatch(this, health, tasks);
  }

  /// Starts to connect and returns at once.
  ///
  /// @param listener of the circuit breaker, whose name is `redis`
  public static RedisLink open(RedisAddress address, CircuitBreakerListener listener) {
    return open(address, listener, Tracing.disabled(), unreported());
  }

  /// The same, with tracing of commands.
  public static RedisLink open(
      RedisAddress address, CircuitBreakerListener listener, Tracing tracing, PeriodicTasks tasks) {
    return started(new RedisLink(address, TIMEOUT, listener, tracing, tasks));
  }

  /// The same with another timeout of commands.
  public static RedisLink open(
      RedisAddress address, Duration timeout, CircuitBreakerListener listener) {
    return started(new RedisLink(address, timeout, listener, Tracing.disabled(), unreported()));
  }

  private static PeriodicTasks unreported() {
    return new PeriodicTasks(PeriodicTaskListener.NONE);
  }

  private static RedisLink started(RedisLink link) {
    link.watch.start();
    return link;
  }

  /// The state of the circuit breaker.
  public CircuitState state() {
    return health.state();
  }

  /// Whether there is a connection, healthy or not.
  public boolean connected() {
    return connection != null;
  }

  /// Whether commands are sent and likely to succeed.
  public boolean up() {
    return connected() && health.isGood();
  }

  /// Why Redis is not up; empty when it is.
  public Optional<String> trouble() {
    if (up()) {
      return Optional.empty();
    }
    return Optional.of(
        health.refusal().map("Redis rejects commands: "::concat).orElse("Redis does not respond"));
  }

  /// Adds a prefix of keys that are used and that Redis must permit.
  public void uses(String prefix) {
    prefixes.add(prefix);
  }

  /// Sends a command and waits for the response, until [#TIMEOUT] or the current deadline.
  public <T> RedisReply<T> ask(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    return up()
        ? send(command).map(this::await).orElseGet(RedisReply.Bypassed::new)
        : new RedisReply.Bypassed<>();
  }

  /// Sends a command and does not wait. Redis executes the commands of one thread for one key in
  /// the order in which they were sent.
  ///
  /// @return the outcome, which fails at the timeout; empty when the command was not sent
  public <T> Optional<CompletableFuture<T>> send(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    RedisConnection current = connection;
    return current == null
        ? Optional.empty()
        : health.admitCommand().map(permit -> send(current, permit, command));
  }

  /// Subscribes to a channel, also after a reconnect. The subscriber is called on the connection's
  /// thread and must not block.
  public void subscribe(String channel, Consumer<byte[]> subscriber) {
    subscribers.put(channel, subscriber);
    RedisConnection current = connection;
    if (current != null) {
      subscribe(current, channel);
    }
  }

  @Override
  public void close() {
    watch.close();
    disconnect();
    connector.close();
  }

  /// Connects, and closes a previous connection.
  void connect() {
    disconnect();
    RedisConnection opened = connector.connect();
    opened.messages().addListener(new Subscription());
    health.connected();
    try {
      Trial.on(opened, prefixes, subscribers.keySet()).join();
    } catch (CompletionException failure) {
      // The next commands find out about timeouts.
      Refusals.reason(failure).ifPresent(health::refuse);
    }
    connection = opened;
    subscribers.keySet().forEach(channel -> subscribe(opened, channel));
  }

  void disconnect() {
    RedisConnection current = connection;
    connection = null;
    if (current != null) {
      current.close();
    }
  }

  /// Sends a probe.
  void probe(Permit permit) {
    RedisConnection current = connection;
    if (current == null) {
      permit.failed();
      return;
    }
    if (health.refusal().isPresent()) {
      tryAll(current, permit);
      return;
    }
    var _ = await(send(current, permit, commands -> commands.ping()));
  }

  private void tryAll(RedisConnection current, Permit permit) {
    long sent = System.nanoTime();
    try {
      Trial.on(current, prefixes, subscribers.keySet()).join();
      health.accepted(permit);
    } catch (CompletionException | RedisException failure) {
      Refusals.reason(failure)
          .ifPresentOrElse(
              reason -> health.refused(permit, reason), () -> health.failed(permit, sent));
    }
  }

  private void subscribe(RedisConnection on, String channel) {
    var _ =
        on.messages()
            .async()
            .subscribe(channel)
            .exceptionally(
                failure -> {
                  Refusals.reason(failure).ifPresent(health::refuse);
                  log.warn("Subscription failed; changes by other instances arrive late", failure);
                  return null;
                });
  }

  private <T> CompletableFuture<T> send(
      RedisConnection current,
      Permit permit,
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    long sent = System.nanoTime();
    CompletableFuture<T> reply;
    try {
      reply = command.apply(current.commands()).toCompletableFuture();
    } catch (RuntimeException unsent) {
      reply = CompletableFuture.failedFuture(unsent);
    }
    var _ = reply.whenComplete((_, failure) -> record(permit, sent, failure));
    return reply;
  }

  /// The error of a single command is a response: Redis is up.
  private void record(Permit permit, long sent, @Nullable Throwable failure) {
    Optional<String> refusal = Refusals.reason(failure);
    if (refusal.isPresent()) {
      health.refused(permit, refusal.get());
      return;
    }
    if (failure == null || failure instanceof RedisCommandExecutionException) {
      health.succeeded(permit);
      return;
    }
    health.failed(permit, sent);
  }

  private <T> RedisReply<T> await(CompletableFuture<T> reply) {
    Duration wait = Deadline.current().remainingAtMost(timeout);
    try {
      T value = reply.get(wait.toNanos(), TimeUnit.NANOSECONDS);
      return new RedisReply.Success<>(value);
    } catch (TimeoutException late) {
      reply.cancel(false);
      return new RedisReply.Failed<>(late);
    } catch (ExecutionException failed) {
      boolean outage = Refusals.reason(failed).isPresent();
      return !outage && failed.getCause() instanceof RedisCommandExecutionException refused
          ? new RedisReply.Refused<>(String.valueOf(refused.getMessage()))
          : new RedisReply.Failed<>(failed);
    } catch (CancellationException dropped) {
      return new RedisReply.Failed<>(dropped);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      reply.cancel(false);
      return new RedisReply.Failed<>(interrupted);
    }
  }

  private final class Subscription extends RedisPubSubAdapter<String, byte[]> {
    @Override
    public void message(String channel, byte[] message) {
      Consumer<byte[]> subscriber = subscribers.get(channel);
      if (subscriber != null) {
        subscriber.accept(message);
      }
    }
  }
}
