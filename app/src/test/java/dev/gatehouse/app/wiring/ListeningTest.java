package dev.gatehouse.app.wiring;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.lifecycle.StartFailure;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.app.settings.Settings;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListeningTest {
  @Test
  void namesTheSettingOfAPortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> start(Map.of("GATEHOUSE_MANAGEMENT_PORT", port)))
          .isInstanceOf(StartFailure.class)
          .hasMessageContainingAll(
              "127.0.0.1:" + port,
              "another program does",
              "set GATEHOUSE_MANAGEMENT_PORT to a free port");
    }
  }

  @Test
  void namesTheSettingOfAHostThatIsNotHere() {
    assertThatThrownBy(
            () ->
                start(Map.of("GATEHOUSE_HTTP_HOST", "192.0.2.1", "GATEHOUSE_MANAGEMENT_PORT", "0")))
        .hasMessageContainingAll("192.0.2.1", "no address of this machine", "GATEHOUSE_HTTP_HOST");
  }

  private static void start(Map<String, String> variables) {
    Configuration configuration =
        new ConfigurationReader(Settings.CATALOG, variables, Map.of()).read();
    var lifecycle = new Lifecycle(System::nanoTime);
    try (EventLoops loops = EventLoops.open()) {
      Listening.start(
          lifecycle,
          "the management port",
          configuration,
          HttpConfiguration.MANAGEMENT_PORT,
          () -> HttpServer.builder(HttpConfiguration.management(configuration)).start(loops));
    }
  }
}
