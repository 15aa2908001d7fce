package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.ChangedUsers;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.testkit.accounts.Sample;
import dev.gatehouse.testkit.net.Fault;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random operations on two instances while Redis is cut off from one, the other and both.
class TwoInstancesTest {
  private static final int THREADS = 8;
  private static final int OPERATIONS = 10_000;

  /// A few more, since changes that lose a race are not part of the history.
  private static final int SCHEDULED = OPERATIONS + OPERATIONS / 10;

  private static final int USERS = 40;
  private static final long SEED = 42;
  private static final Duration BOUND = Duration.ofSeconds(1);

  private final StoreTwin store = new StoreTwin();
  private final RedisFixture redis = RedisFixture.embedded();
  private final History history = new History();
  private final List<UserId> users = new ArrayList<>();

  @BeforeEach
  void addUsers() {
    for (int count = 0; count < USERS; count++) {
      long began = System.nanoTime();
      User user = store.add(Sample.newUser(), Sample.hash("first"));
      history.wrote(-1, user.id().toString(), user.version(), began, began);
      users.add(user.id());
    }
  }

  @AfterEach
  void stop() {
    redis.close();
  }

  @Test
  void readsKeepUpWithWritesThroughEveryFaultOfRedis() throws Exception {
    run(store);

    assertThat(history.size()).isGreaterThan(OPERATIONS);
    assertThat(history.violations(BOUND)).isEmpty();
    assertThat(store.reads()).as("the cache is of use").isLessThan(OPERATIONS / 2);
  }

  /// The control: without the store's feed, told by Redis alone, the same operations and faults
  /// show reads that fall behind.
  @Test
  @Tag("evidence")
  void messagesOfRedisAloneDoNotKeepReadsUp() throws Exception {
    run((_, _) -> {});

    assertThat(history.violations(BOUND)).isNotEmpty();
  }

  private void run(ChangedUsers feed) throws Exception {
    try (var first = new Instance(store, feed, redis.port(), SEED).awaitRedis();
        var second = new Instance(store, feed, redis.port(), SEED + 1).awaitRedis();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Instance> instances = List.of(first, second);
      List<Future<?>> clients = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        var random = new Random(SEED + thread);
        Stream<Runnable> faults = thread == 0 ? faults(first, second) : Stream.empty();
        List<Runnable> schedule = faults.toList();
        clients.add(threads.submit(() -> operate(instances, random, schedule)));
      }
      for (Future<?> client : clients) {
        client.get();
      }
    }
  }

  private Stream<Runnable> faults(Instance first, Instance second) {
    return Stream.of(
        () -> {},
        () -> first.network.set(new Fault.Cut()),
        first.network::heal,
        () -> second.network.set(new Fault.Hang()),
        () -> first.network.set(new Fault.Cut()),
        second.network::heal,
        first.network::heal,
        () -> redis.command("FLUSHALL"),
        () -> second.network.set(new Fault.Truncate(2_000)),
        second.network::heal);
  }

  private void operate(List<Instance> instances, Random random, List<Runnable> schedule) {
    int operations = SCHEDULED / THREADS;
    IntStream.range(0, operations)
        .forEach(
            step -> {
              int stretch = operations / 10 + 1;
              if (!schedule.isEmpty() && step % stretch == 0) {
                schedule.get(step / stretch).run();
              }
              int instance = random.nextInt(instances.size());
              UserId id = users.get(random.nextInt(USERS));
              operate(instances.get(instance), instance, id, random.nextInt(1_000));
              LockSupport.parkNanos(random.nextInt(15_000_000));
            });
  }

  private void operate(Instance on, int instance, UserId id, int chance) {
    if (chance < 2) {
      remove(on, instance, id);
    } else if (chance < 80) {
      rename(on, instance, id);
    } else {
      read(on, instance, id);
    }
  }

  private void read(Instance on, int instance, UserId id) {
    long began = System.nanoTime();
    long version = on.users.find(id).map(User::version).orElse(0L);
    history.read(instance, id.toString(), version, began, System.nanoTime());
  }

  private void rename(Instance on, int instance, UserId id) {
    Optional<User> stored = on.users.uncached().find(id);
    if (stored.isEmpty()) {
      read(on, instance, id);
      return;
    }
    User renamed = stored.get().with(Profile.EMPTY);
    long began = System.nanoTime();
    try {
      on.users.uncached().update(renamed);
      history.wrote(instance, id.toString(), renamed.version(), began, System.nanoTime());
    } catch (Refusal lost) {
      assertThat(lost.code()).isIn(ErrorCode.STALE_VERSION, ErrorCode.NOT_FOUND);
    }
  }

  private void remove(Instance on, int instance, UserId id) {
    long began = System.nanoTime();
    on.users.uncached().remove(id);
    history.wrote(instance, id.toString(), Change.DELETED, began, System.nanoTime());
  }
}
