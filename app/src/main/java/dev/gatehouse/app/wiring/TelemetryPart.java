package dev.gatehouse.app.wiring;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.TracingConfiguration;
import dev.gatehouse.telemetry.Telemetry;
import dev.gatehouse.telemetry.metrics.Metrics;
import dev.gatehouse.telemetry.tracing.Tracing;
import dev.gatehouse.telemetry.tracing.TracingSettings;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/// What all other parts report to. Started first, so that it is closed last.
public final class TelemetryPart {
  /// Held here, since the registry of these loggers holds them weakly.
  private static final Logger OPEN_TELEMETRY = Logger.getLogger("io.opentelemetry");

  private TelemetryPart() {}

  /// How it is started.
  @FunctionalInterface
  public interface Start {
    /// Starts it.
    ///
    /// @param instanceId tells this process from all others of the service
    Telemetry start(Configuration configuration, Lifecycle lifecycle, String instanceId);
  }

  public static Telemetry start(
      Configuration configuration, Lifecycle lifecycle, String instanceId) {
    var settings = TracingConfiguration.tracing(configuration, instanceId);
    Metrics metrics = lifecycle.start("metrics", () -> Metrics.open(settings.isPresent()));
    return new Telemetry(
        metrics, settings.map(found -> lifecycle.start("tracing", () -> tracing(found))));
  }

  private static Tracing tracing(TracingSettings settings) throws IOException {
    // It speaks to the terminal; what it says of the collector is in our own log.
    OPEN_TELEMETRY.setLevel(Level.OFF);
    return Tracing.start(settings);
  }
}
