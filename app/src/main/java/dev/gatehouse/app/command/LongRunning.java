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
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// A command that runs until it is stopped: logs, signals, start, drain, exit status.
@Command(mixinStandardHelpOptions = true)
final class LongRunning implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(LongRunning.class);

  private final CommandContext context;
  private final Start start;

  @Mixin private Configured configured = new Configured();

  private LongRunning(CommandContext context, Start start) {
    this.context = context;
    this.start = start;
  }

  /// Runs an instance of the API.
  static LongRunning serve(CommandContext context) {
    return new LongRunning(
        context,
        (configuration, lifecycle, readiness) ->
            Banner.of(context.program().serve(configuration, lifecycle, readiness)));
  }

  /// Runs a gateway.
  static LongRunning gateway(CommandContext context) {
    return new LongRunning(
        context,
        (configuration, lifecycle, readiness) ->
            Banner.of(context.program().gateway(configuration, lifecycle, readiness)));
  }

  /// Runs a whole cluster on this machine, which prints its addresses whatever the form of the log.
  static LongRunning demo(CommandContext context) {
    return new LongRunning(
        context,
        (_, lifecycle, _) -> {
          context.out().print(context.program().demo(lifecycle));
          context.out().flush();
          return "";
        });
  }

  /// What a command starts.
  @FunctionalInterface
  interface Start {
    /// Starts the parts.
    ///
    /// @return what a person at the terminal is told
    String start(Configuration configuration, Lifecycle lifecycle, Readiness readiness);
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = configured.read(context);
    var signals =
        new StopSignals(configuration.get(HttpConfiguration.SHUTDOWN_GRACE), context.halt());
    try (Logging _ = Configured.startLogging(configuration, context, context.out())) {
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
    if (Configured.logFormat(configuration, context) == LogFormat.TEXT) {
      context.out().print(banner);
      context.out().flush();
    }
    context.ready().run();
  }
}
