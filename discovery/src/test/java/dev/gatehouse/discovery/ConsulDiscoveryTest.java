package dev.gatehouse.discovery;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.resilience.breaker.CircuitBreakerListener;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.consul.ConsulAgent;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

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
    discovery = connected(ConsulSettings.at(consul.url()), DiscoveryListener.NONE);
  }

  @AfterEach
  void disconnect() {
    if (discovery != null) {
      discovery.close();
    }
  }

  static ConsulDiscovery connected(ConsulSettings settings, DiscoveryListener listener) {
    return new ConsulDiscovery(
        settings,
        () -> ThreadLocalRandom.current().nextDouble(),
        System::nanoTime,
        listener,
        CircuitBreakerListener.NONE,
        new PeriodicTasks(PeriodicTaskListener.NONE));
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
