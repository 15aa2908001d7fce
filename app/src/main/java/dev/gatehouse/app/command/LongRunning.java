package dev.gatehouse.app.command;

import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Instance;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.lifecycle.StopSignals;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.app.settings.TracingConfiguration;
import dev.gatehouse.telemetry.logging.LogFormat;
import dev.gatehouse.telemetry.logging.Logging;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of a command that runs until it is told to stop: logs, signals, start, drain, exit
/// status.
final class LongRunning {
  private final CommandContext surroundings;

  LongRunning(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  private static final Logger log = LoggerFactory.getLogger(LongRunning.class);

  /// What a command starts.
  @FunctionalInterface
  interface Start {
    /// Starts the parts.
    ///
    /// @return what a person at the terminal is told
    String start(Configuration configuration, Lifecycle lifecycle, Readiness readiness);
  }

  /// Lives this life.
  ///
  /// @return the exit status
  int run(Configuration configuration, Start start) throws InterruptedException {
    var signals =
        new StopSignals(configuration.get(HttpConfiguration.SHUTDOWN_GRACE), surroundings.halt());
    try (Logging _ = Configured.startLogging(configuration, surroundings, surroundings.out())) {
      TracingConfiguration.warnings(configuration).forEach(log::warn);
      signals.install();
      var readiness = new Readiness(System::nanoTime);
      var instance = new Instance(new Lifecycle(System::nanoTime), readiness, signals);
      boolean clean =
          instance.run(
              lifecycle -> started(configuration, start.start(configuration, lifecycle, readiness)),
              configuration.get(HttpConfiguration.SHUTDOWN_DELAY),
              configuration.get(HttpConfiguration.SHUTDOWN_GRACE));
      return clean ? 0 : 1;
    }
  }

  private void started(Configuration configuration, String banner) {
    if (Configured.logFormat(configuration, surroundings) == LogFormat.TEXT) {
      surroundings.out().print(banner);
      surroundings.out().flush();
    }
    surroundings.ready().run();
  }
}
