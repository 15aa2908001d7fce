package dev.gatehouse.app.command;

import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Instance;
import dev.gatehouse.app.lifecycle.Parts;
import dev.gatehouse.app.lifecycle.StopSignals;
import dev.gatehouse.app.logging.LogFormat;
import dev.gatehouse.app.logging.Logging;
import dev.gatehouse.app.settings.HttpConfiguration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs an API instance until it is told to stop.
@Command(
    name = "serve",
    description = "Runs an instance of the API until it is told to stop (SIGTERM, Ctrl-C).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private Configured configured = new Configured();

  ServeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    Configuration configuration = configured.read(surroundings);
    var signals =
        new StopSignals(configuration.get(HttpConfiguration.SHUTDOWN_GRACE), surroundings.halt());
    try (Logging _ = Configured.startLogging(configuration, surroundings, surroundings.out())) {
      signals.install();
      var readiness = new Readiness(System::nanoTime);
      var instance = new Instance(new Parts(System::nanoTime), readiness, signals);
      boolean clean =
          instance.run(
              parts -> start(configuration, parts, readiness),
              configuration.get(HttpConfiguration.SHUTDOWN_DELAY),
              configuration.get(HttpConfiguration.SHUTDOWN_GRACE));
      return clean ? 0 : 1;
    }
  }

  private void start(Configuration configuration, Parts parts, Readiness readiness) {
    var addresses = surroundings.program().serve(configuration, parts, readiness);
    if (Configured.logFormat(configuration, surroundings) == LogFormat.TEXT) {
      surroundings.out().print(Banner.of(addresses));
      surroundings.out().flush();
    }
    surroundings.ready().run();
  }
}
