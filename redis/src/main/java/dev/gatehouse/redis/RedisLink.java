package dev.gatehouse.cache;

import dev.gatehouse.resilience.Deadline;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way to Redis for everything that likes to use it and can do without: connects in the background
/// and for ever, gives each command [#TIMEOUT], and keeps a circuit breaker that stops asking a Redis
/// which does not answer. No method throws for Redis being away. Thread-safe.
public final class RedisLink implements AutoCloseable {
  /// A command takes no longer, however Redis fares.
  public static final Duration TIMEOUT = Duration.ofMillis(50);

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  private final Duration timeout;
  private final RedisBreaker breaker;
  private final RedisConnector connector;
  private final RedisWatch watch;
  private final Map<String, Consumer<byte[]>> subscribers = new ConcurrentHashMap<>();
  private volatile @Nullable RedisConnection connection;
  private volatile long lastAnswer = System.nanoTime();

  private RedisLink(RedisAddress address, Duration timeout, BreakerListener listener) {
    this.timeout = timeout;
    breaker = new RedisBreaker(timeout.multipliedBy(4).dividedBy(5), listener);
    connector = new RedisConnector(address, timeout);
    watch = new RedisWatch(this, breaker);
  }

  /// Begins to connect, and returns before it has.
  static RedisLink open(RedisAddress address, Duration timeout, BreakerListener listener) {
    var link = new RedisLink(address, timeout, listener);
    link.watch.start();
    return link;
  }

  /// The commands of the connection there is, without breaker or time-out beside the connection's own:
  /// for libraries that bring theirs.
  public Optional<RedisClusterAsyncCommands<String, byte[]>> commands() {
    return Optional.ofNullable(connection).map(RedisConnection::commands);
  }

  /// What the breaker lets through.
  public BreakerListener.State state() {
    return breaker.state();
  }

  /// Whether commands are sent at present.
  public boolean up() {
    return connection != null && breaker.state() == BreakerListener.State.CLOSED;
  }

  /// Sends a command and waits for the answer, for [#TIMEOUT] or what the current deadline leaves.
  <T> RedisReply<T> ask(
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    RedisConnection current = connection;
    if (current == null || !breaker.admitsCommand()) {
      return new RedisReply.Bypassed<>();
    }
    return await(send(current, command));
  }

  /// Sends a command and does not wait. Commands of one thread for one key are carried out in the
  /// order they were sent in.
  <T> void tell(Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    RedisConnection current = connection;
    if (current != null && breaker.admitsCommand()) {
      var _ = send(current, command);
    }
  }

  /// Hears what is published on a channel while the connection lasts. The subscriber is called on the
  /// connection's thread and must not block.
  void subscribe(String channel, Consumer<byte[]> subscriber) {
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

  boolean connected() {
    return connection != null;
  }

  /// How long Redis has not answered anything.
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - lastAnswer);
  }

  /// Connects anew, whatever there was.
  void connect() {
    disconnect();
    RedisConnection opened = connector.connect();
    opened.messages().addListener(new Subscription());
    connection = opened;
    lastAnswer = System.nanoTime();
    subscribers.keySet().forEach(channel -> subscribe(opened, channel));
  }

  void disconnect() {
    RedisConnection current = connection;
    connection = null;
    if (current != null) {
      current.close();
    }
  }

  /// Sends what tells a Redis that works from one that does not; the breaker hears of the outcome.
  void probe() {
    RedisConnection current = connection;
    if (current == null) {
      breaker.failed(0, new IllegalStateException("not connected"));
      return;
    }
    var _ = await(send(current, commands -> commands.ping()));
  }

  private static void subscribe(RedisConnection on, String channel) {
    var _ =
        on.messages()
            .async()
            .subscribe(channel)
            .exceptionally(
                failure -> {
                  log.warn("Messages of other instances will come late", failure);
                  return null;
                });
  }

  private <T> CompletableFuture<T> send(
      RedisConnection current,
      Function<RedisClusterAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    long sent = System.nanoTime();
    CompletableFuture<T> reply;
    try {
      reply = command.apply(current.commands()).toCompletableFuture();
    } catch (RuntimeException unsent) {
      reply = CompletableFuture.failedFuture(unsent);
    }
    var _ = reply.whenComplete((_, failure) -> record(sent, failure));
    return reply;
  }

  /// A refusal is an answer: it says that Redis is there.
  private void record(long sent, @Nullable Throwable failure) {
    long now = System.nanoTime();
    if (failure == null || failure instanceof RedisCommandExecutionException) {
      lastAnswer = now;
      breaker.answered(now - sent);
      return;
    }
    breaker.failed(now - sent, failure);
  }

  private <T> RedisReply<T> await(CompletableFuture<T> reply) {
    Duration wait = Deadline.current().remainingAtMost(timeout);
    try {
      T value = reply.get(wait.toNanos(), TimeUnit.NANOSECONDS);
      return new RedisReply.Answered<>(value);
    } catch (TimeoutException late) {
      reply.cancel(false);
      return new RedisReply.Failed<>(late);
    } catch (ExecutionException failed) {
      return failed.getCause() instanceof RedisCommandExecutionException refused
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
