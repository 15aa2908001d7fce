package dev.gatehouse.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every form of discovery must do. Each test has its own service name.
abstract class DiscoveryContract {
  private static final Instance A = Instance.at("127.0.0.1", 1001);
  private static final Instance B =
      Instance.at("127.0.0.1", 1002).in("north").weighing(3).startedAs("first");

  private ReadyEndpoint endpoint;

  @BeforeEach
  void openEndpoint() throws IOException {
    endpoint = new ReadyEndpoint();
  }

  @AfterEach
  void closeEndpoint() {
    endpoint.close();
  }

  /// One without instances.
  abstract Discovery discovery() throws Exception;

  abstract ServiceRegistry registry() throws Exception;

  abstract String service();

  @Test
  void servesNobodyBeforeAnybodyRegistered() throws Exception {
    try (InstanceWatch watch = discovery().watch(service())) {
      assertThat(watch.current()).isEmpty();
    }
  }

  @Test
  void followsThoseWhoRegisterAndDeregister() throws Exception {
    try (InstanceWatch watch = discovery().watch(service());
        Registration a = register(A)) {
      awaitList(watch, A);
      Registration b = register(B);
      awaitList(watch, A, B);
      await().atMost(30, SECONDS).until(b::registered);

      b.deregister();

      assertThat(b.registered()).isFalse();
      awaitList(watch, A);
      assertThat(a.registered()).isTrue();
    }
  }

  @Test
  void servesAnInstanceRegisteredBeforeTheWatchBegan() throws Exception {
    try (Registration _ = register(B);
        InstanceWatch watch = discovery().watch(service())) {
      awaitList(watch, B);
    }
  }

  @Test
  void takesOverAnInstanceThatStartedAnew() throws Exception {
    try (InstanceWatch watch = discovery().watch(service());
        Registration _ = register(B)) {
      awaitList(watch, B);
      try (Registration _ = register(B.startedAs("second"))) {
        awaitList(watch, B.startedAs("second"));
      }
    }
  }

  @Test
  void keepsServingTheLastGoodListWhenTheLastOneLeaves() throws Exception {
    try (InstanceWatch watch = discovery().watch(service())) {
      Registration a = register(A);
      awaitList(watch, A);

      a.deregister();

      await()
          .during(Duration.ofMillis(300))
          .atMost(Duration.ofSeconds(10))
          .until(() -> watch.current().equals(List.of(A)));
      try (Registration _ = register(B)) {
        await().atMost(30, SECONDS).until(() -> watch.current().contains(B));
      }
    }
  }

  @Test
  void tellsAListenerThePresentListAndEveryOtherAfterIt() throws Exception {
    List<List<Instance>> told = new CopyOnWriteArrayList<>();
    try (InstanceWatch watch = discovery().watch(service());
        Registration _ = register(A)) {
      awaitList(watch, A);
      try (InstanceWatch.Subscription _ = watch.subscribe(told::add);
          Registration _ = register(B)) {
        awaitList(watch, A, B);
        await().atMost(30, SECONDS).until(() -> told.size() == 2);
        assertThat(told).containsExactly(List.of(A), List.of(A, B));
      }
    }
  }

  @Test
  void tellsAllListenersThoughOneThrows() throws Exception {
    List<List<Instance>> told = new CopyOnWriteArrayList<>();
    try (InstanceWatch watch = discovery().watch(service());
        InstanceWatch.Subscription _ =
            watch.subscribe(
                _ -> {
                  throw new IllegalStateException("thrown on purpose by a test");
                });
        InstanceWatch.Subscription _ = watch.subscribe(told::add);
        Registration _ = register(A)) {
      awaitList(watch, A);
      await().atMost(30, SECONDS).until(() -> told.contains(List.of(A)));
    }
  }

  @Test
  void tellsNothingToAListenerThatLeft() throws Exception {
    List<List<Instance>> told = new CopyOnWriteArrayList<>();
    try (InstanceWatch watch = discovery().watch(service())) {
      watch.subscribe(told::add).close();
      try (Registration _ = register(A)) {
        awaitList(watch, A);
      }
    }

    assertThat(told).containsExactly(List.of());
  }

  @Test
  void keepsItsListAndTellsNothingOnceClosed() throws Exception {
    List<List<Instance>> told = new CopyOnWriteArrayList<>();
    try (InstanceWatch other = discovery().watch(service());
        Registration _ = register(A)) {
      InstanceWatch watch = discovery().watch(service());
      awaitList(watch, A);
      try (InstanceWatch.Subscription _ = watch.subscribe(told::add)) {
        watch.close();
        try (Registration _ = register(B)) {
          awaitList(other, A, B);
        }
      }
      assertThat(watch.current()).containsExactly(A);
    }

    assertThat(told).containsExactly(List.of(A));
  }

  @Test
  void handsOutListsNobodyCanChange() throws Exception {
    try (InstanceWatch watch = discovery().watch(service());
        Registration _ = register(A)) {
      awaitList(watch, A);

      assertThatThrownBy(() -> watch.current().clear())
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void deregistersTwiceLikeOnce() throws Exception {
    Registration a = register(A);
    a.deregister();
    a.deregister();

    assertThat(a.registered()).isFalse();
  }

  final Registration register(Instance instance) throws Exception {
    return registry()
        .register(new ServiceRegistration(service(), instance, endpoint.url(), endpoint::ready));
  }

  static void awaitList(InstanceWatch watch, Instance... expected) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(watch.current()).containsExactly(expected));
  }
}
