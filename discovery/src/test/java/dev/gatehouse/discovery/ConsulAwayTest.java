package dev.gatehouse.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real Consul that dies, forgets everything, or hangs.
class ConsulAwayTest {
  private static final Instance A = Instance.at("127.0.0.1", 1001);
  private static final Instance B = Instance.at("127.0.0.1", 1002);
  private static final Instance C = Instance.at("127.0.0.1", 1003);
  private static final Duration HOLD = Duration.ofSeconds(10);

  private final RecordedDiscovery recorded = new RecordedDiscovery();
  private final List<List<Instance>> told = new CopyOnWriteArrayList<>();
  private ReadyEndpoint endpoint;
  private ConsulAgent consul;
  private ConsulDiscovery watching;
  private ConsulDiscovery registering;

  @BeforeEach
  void start() throws Exception {
    consul = ConsulAgent.start();
    endpoint = new ReadyEndpoint();
    ConsulSettings settings = settings(HOLD, Duration.ofSeconds(1));
    watching = ConsulDiscoveryTest.connected(settings, recorded);
    registering = ConsulDiscoveryTest.connected(settings, recorded);
  }

  private ConsulSettings settings(Duration hold, Duration checkEvery) {
    return new ConsulSettings(
        consul.url(),
        Optional.empty(),
        Duration.ofMillis(400),
        hold,
        Duration.ofMillis(100),
        Duration.ofMillis(100),
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofSeconds(2),
        checkEvery,
        Duration.ofSeconds(1),
        Duration.ofMinutes(1));
  }

  @AfterEach
  void stop() throws Exception {
    if (consul == null) {
      return;
    }
    try {
      watching.close();
      registering.close();
      endpoint.close();
    } finally {
      consul.close();
    }
  }

  @Test
  void servesTheLastGoodListWhileConsulIsDeadAndUntilAllAreKnownAgain() throws Exception {
    InstanceWatch watch = watching.watch("accounts");
    for (Instance instance : List.of(A, B, C)) {
      register(instance);
    }
    DiscoveryContract.awaitList(watch, A, B, C);
    try (InstanceWatch.Subscription _ = watch.subscribe(told::add)) {
      consul.kill();
      await().atMost(30, SECONDS).until(() -> recorded.following.contains(false));
      assertThat(watching.inStep()).isFalse();
      await().atMost(30, SECONDS).until(() -> recorded.serving.equals("0 confirmed, 3 remembered"));
      assertThat(watch.current()).containsExactly(A, B, C);

      consul.startAgain();
      await().atMost(30, SECONDS).until(() -> recorded.serving.equals("3 confirmed, 0 remembered"));
    }

    assertThat(recorded.following).endsWith(true);
    assertThat(told).as("nobody was ever told a shorter list").containsOnly(List.of(A, B, C));
  }

  @Test
  void registersAnInstanceAgainThatConsulForgot() throws Exception {
    register(A);
    await().atMost(30, SECONDS).until(() -> services().contains(A.id()));

    consul.put("/v1/agent/service/deregister/" + A.id(), "");

    await().atMost(30, SECONDS).until(() -> recorded.registered.equals(List.of(true, false, true)));
    assertThat(services()).contains(A.id());
  }

  @Test
  void registersAnInstanceAgainAsCriticalWhileItIsNotReady() throws Exception {
    register(A);
    await().atMost(30, SECONDS).until(() -> services().contains(A.id()));
    endpoint.ready(false);

    consul.put("/v1/agent/service/deregister/" + A.id(), "");

    await().atMost(30, SECONDS).until(() -> recorded.registered.equals(List.of(true, false, true)));
    assertThat(consul.get("/v1/agent/health/service/id/" + A.id() + "?format=text"))
        .isEqualTo("critical");
  }

  @Test
  void makesAnInstanceKnownSoonAfterItBecomesReady() throws Exception {
    ConsulSettings settings = settings(HOLD, Duration.ofMinutes(1));
    try (ConsulDiscovery patient = ConsulDiscoveryTest.connected(settings, recorded)) {
      InstanceWatch watch = watching.watch("accounts");
      endpoint.ready(false);
      patient.register(new ServiceRegistration("accounts", A, endpoint.url(), endpoint::ready));
      await().atMost(30, SECONDS).until(() -> services().contains(A.id()));
      assertThat(watch.current()).isEmpty();

      endpoint.ready(true);

      await().atMost(30, SECONDS).until(() -> watch.current().equals(List.of(A)));
    }
  }

  @Test
  void leavesOutAnInstanceWhileItIsNotReady() throws Exception {
    InstanceWatch watch = watching.watch("accounts");
    register(A);
    DiscoveryContract.awaitList(watch, A);
    try (ReadyEndpoint other = new ReadyEndpoint();
        Registration _ =
            registering.register(
                new ServiceRegistration("accounts", B, other.url(), other::ready))) {
      DiscoveryContract.awaitList(watch, A, B);
      other.ready(false);
      DiscoveryContract.awaitList(watch, A);
      other.ready(true);
      DiscoveryContract.awaitList(watch, A, B);
    }
  }

  @Test
  void registersWithTheCheckConsulNeeds() throws Exception {
    register(A);
    await().atMost(30, SECONDS).until(() -> services().contains(A.id()));

    assertThat(consul.get("/v1/health/checks/accounts"))
        .contains("\"Type\": \"http\"", "\"Status\": \"passing\"");
  }

  @Test
  void registersOnceConsulIsThere() throws Exception {
    consul.kill();
    Registration registration = register(A);
    assertThat(registration.registered()).isFalse();

    consul.startAgain();

    await().atMost(30, SECONDS).until(registration::registered);
  }

  @Test
  void saysThatConsulIsAwayAndThatItIsBack() throws Exception {
    InstanceWatch watch = watching.watch("accounts");
    register(A);
    DiscoveryContract.awaitList(watch, A);
    try (RecordedLog log = RecordedLog.of(ConsulWatch.class);
        RecordedLog registrations = RecordedLog.of(ConsulRegistration.class)) {
      consul.kill();
      await()
          .atMost(10, SECONDS)
          .until(
              () ->
                  log.lines().stream()
                      .anyMatch(
                          line ->
                              line.startsWith("Consul did not respond")
                                  && line.endsWith(
                                      ": the last good list of accounts serves on, 1 instances")));
      await().atMost(10, SECONDS).until(() -> !registrations.lines().isEmpty());
      consul.startAgain();
      await()
          .atMost(10, SECONDS)
          .until(() -> log.lines().contains("Consul is followed again for accounts: 1 instances"));
      await().atMost(10, SECONDS).until(() -> registrations.lines().size() > 1);
      assertThat(log.lines()).as("each is said once").hasSize(2);
      assertThat(registrations.lines()).hasSize(2);
      assertThat(registrations.lines().getFirst())
          .startsWith("Registration of " + A.id() + " failed; retrying: Consul ");
      assertThat(registrations.lines().getLast())
          .isEqualTo(A.id() + " is registered again as accounts");
    }
  }

  @Test
  void saysThatConsulIsAwayWhenItHangsForLongerThanItHoldsAQuery() throws Exception {
    ConsulSettings brief = settings(Duration.ofSeconds(1), Duration.ofSeconds(10));
    try (RecordedLog log = RecordedLog.of(ConsulWatch.class);
        ConsulDiscovery impatient = ConsulDiscoveryTest.connected(brief, recorded)) {
      InstanceWatch watch = impatient.watch("accounts");
      register(A);
      DiscoveryContract.awaitList(watch, A);

      consul.pause();
      await()
          .atMost(20, SECONDS)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .anySatisfy(
                          line -> assertThat(line).startsWith("Consul did not respond within")));
      consul.resume();

      assertThat(recorded.following).contains(false);
      assertThat(watch.current()).containsExactly(A);
      await().atMost(20, SECONDS).until(() -> recorded.following.getLast());
    }
  }

  @Test
  void servesOnAndClosesPromptlyWhileConsulHangs() throws Exception {
    InstanceWatch watch = watching.watch("accounts");
    Registration registration = register(A);
    DiscoveryContract.awaitList(watch, A);

    consul.pause();
    assertThat(watch.current()).containsExactly(A);
    long began = System.nanoTime();
    registration.deregister();
    Duration deregistering = since(began);
    began = System.nanoTime();
    watch.close();
    watching.close();
    Duration closing = since(began);
    consul.resume();

    assertThat(deregistering).isLessThan(Duration.ofSeconds(3));
    assertThat(closing).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void followsManyChangesLongBeforeAQueryWouldEnd() throws Exception {
    InstanceWatch watch = watching.watch("accounts");
    register(A);
    DiscoveryContract.awaitList(watch, A);
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Registration b = register(B);
      delays.add(untilServed(watch, List.of(A, B)));
      b.deregister();
      delays.add(untilServed(watch, List.of(A)));
    }

    assertThat(delays).allSatisfy(delay -> assertThat(delay).isLessThan(Duration.ofSeconds(5)));
  }

  private Registration register(Instance instance) {
    return registering.register(
        new ServiceRegistration("accounts", instance, endpoint.url(), endpoint::ready));
  }

  private String services() throws Exception {
    return consul.get("/v1/agent/services");
  }

  private static Duration untilServed(InstanceWatch watch, List<Instance> expected) {
    long began = System.nanoTime();
    await()
        .atMost(30, SECONDS)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> watch.current().equals(expected));
    return since(began);
  }

  private static Duration since(long began) {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
