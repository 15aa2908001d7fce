package dev.gatehouse.app.wiring;

import dev.gatehouse.app.command.Gatehouse;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.telemetry.Telemetry;
import dev.gatehouse.telemetry.metrics.Metrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;

/// The program with a registry that refuses every meter, to compare with.
public final class UnmeteredMain {
  private UnmeteredMain() {}

  /// Runs one command and ends the process with its exit status.
  public static void main(String[] arguments) {
    VirtualThreadScheduler.atLeastTwo();
    var context =
        new CommandContext(
            System.getenv(),
            System.out,
            System.err,
            System.in,
            Optional::empty,
            false,
            new ServerWiring(UnmeteredMain::unmetered),
            Runtime.getRuntime()::halt,
            () -> {});
    System.exit(Gatehouse.run(context, arguments));
  }

  private static Telemetry unmetered(
      Configuration configuration, Lifecycle lifecycle, String instanceId) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.config().meterFilter(MeterFilter.deny());
    Metrics metrics = lifecycle.start("metrics", () -> Metrics.in(registry));
    return new Telemetry(metrics, Optional.empty());
  }
}
