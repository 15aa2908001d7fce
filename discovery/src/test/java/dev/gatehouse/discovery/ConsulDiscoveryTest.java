package dev.gatehouse.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.consul.ConsulAgent;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The contract against a real Consul.
@TestInstance(Lifecycle.PER_CLASS)
class ConsulDiscoveryTest extends DiscoveryContract {
  private final AtomicInteger services = new AtomicInteger();
  private ConsulAgent consul;
  private ConsulDiscovery discovery;

  @BeforeAll
  void startConsul() throws Exception {
    consul = ConsulAgent.start();
  }

  @AfterAll
  void stopConsul() throws Exception {
    if (consul != null) {
      consul.close();
    }
  }

  @BeforeEach
  void connect() {
    services.incrementAndGet();
    discovery =
        connected(ConsulSettings.at(consul.url(), Optional.empty()), DiscoveryListener.NONE);
  }

  @AfterEach
  void disconnect() {
    if (discovery != null) {
      discovery.close();
    }
  }

  static ConsulDiscovery connected(ConsulSettings settings, DiscoveryListener listener) {
    return connected(settings, listener, new PeriodicTasks(PeriodicTaskListener.NONE));
  }

  private static ConsulDiscovery connected(
      ConsulSettings settings, DiscoveryListener listener, PeriodicTasks tasks) {
    return new ConsulDiscovery(
        settings,
        () -> ThreadLocalRandom.current().nextDouble(),
        System::nanoTime,
        listener,
        CircuitBreakerListener.NONE,
        tasks);
  }

  @Test
  void registersZoneAndWeightAsTags() throws Exception {
    Instance placed = Instance.at("127.0.0.1", 1003).in("north").weighing(3);
    try (Registration placing = register(placed)) {
      await().atMost(10, SECONDS).until(placing::registered);

      assertThat(consul.get("/v1/catalog/service/" + service()))
          .contains("\"zone=north\"", "\"weight=3\"");
    }
  }

  /// A fault inside one run of each loop: the next run works, and the outage is reported once.
  @ParameterizedTest
  @ValueSource(strings = {"consul-watch", "consul-registration"})
  void goesOnAfterWhatNothingExpects(String task) throws Exception {
    var reports = new LinkedBlockingQueue<String>();
    var tasks = new PeriodicTasks(new Reports(reports));
    var fault = new AtomicBoolean(true);
    var settings = ConsulSettings.at(consul.url(), Optional.empty());
    try (var faulty = connected(settings, new FaultyListener(fault), tasks)) {
      var check = consul.url();
      var instance = Instance.at("127.0.0.1", 1004);
      if (task.equals("consul-watch")) {
        faulty.watch(service());
      } else {
        faulty.register(new ServiceRegistration(service(), instance, check, () -> failOnce(fault)));
      }

      assertThat(reports.poll(20, SECONDS)).isEqualTo(task + " began: AssertionError");
      assertThat(reports.poll(20, SECONDS)).isEqualTo(task + " ended after 1");
      assertThat(tasks.status(task).orElseThrow().failing()).isFalse();
    }
  }

  private static boolean failOnce(AtomicBoolean fault) {
    if (fault.getAndSet(false)) {
      throw new AssertionError("a bug");
    }
    return true;
  }

  private record FaultyListener(AtomicBoolean fault) implements DiscoveryListener {
    @Override
    public void serving(String service, int confirmed, int remembered) {
      assertThat(failOnce(fault)).isTrue();
    }

    @Override
    public void following(String service, boolean following) {}

    @Override
    public void registered(String instance, boolean registered) {}
  }

  private record Reports(Queue<String> texts) implements PeriodicTaskListener {
    @Override
    public void outageBegan(String task, Throwable cause) {
      texts.add(task + " began: " + cause.getClass().getSimpleName());
    }

    @Override
    public void outageEnded(String task, int failures, Duration lasted) {
      texts.add(task + " ended after " + failures);
    }
  }

  @Override
  Discovery discovery() {
    return discovery;
  }

  @Override
  ServiceRegistry registry() {
    return discovery;
  }

  @Override
  String service() {
    return "service-" + services;
  }
}
