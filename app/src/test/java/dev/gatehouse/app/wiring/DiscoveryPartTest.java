package dev.gatehouse.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.settings.Settings;
import dev.gatehouse.discovery.ServiceRegistration;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscoveryPartTest {
  private final Readiness readiness = new Readiness(System::nanoTime);

  @Test
  void consulKeepsAnInstanceWhoseDatabaseIsAwayUntilItLeaves() throws Exception {
    readiness.require(
        new HealthCheck(
            "database",
            Duration.ofSeconds(10),
            () -> {
              throw new IOException("away");
            }));
    ServiceRegistration announcement = announcement();

    assertThat(announcement.check().toString())
        .isEqualTo("http://127.0.0.1:9090/ready?scope=instance");
    assertThat(announcement.ready().getAsBoolean()).isFalse();
    readiness.open();
    assertThat(readiness.report().ready()).isFalse();
    assertThat(announcement.ready().getAsBoolean()).isTrue();
    readiness.drain();
    assertThat(announcement.ready().getAsBoolean()).isFalse();
  }

  private ServiceRegistration announcement() throws Exception {
    var configuration =
        new ConfigurationReader(
                Settings.CATALOG, Map.of("GATEHOUSE_CONSUL_URL", "http://127.0.0.1:1"), Map.of())
            .read();
    return DiscoveryPart.announcement(configuration, readiness, 8080, 9090, new Random(1));
  }
}
