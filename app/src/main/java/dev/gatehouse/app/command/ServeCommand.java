package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs an API instance until it is told to stop.
@Command(
    name = "serve",
    description = "Runs an instance of the API until it is told to stop (SIGTERM, Ctrl-C).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private final CommandContext surroundings;

  @Mixin private Configured configured = new Configured();

  ServeCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new LongRunning(surroundings)
        .run(
            configured.read(surroundings),
            (configuration, parts, readiness) ->
                Banner.of(surroundings.program().serve(configuration, parts, readiness)));
  }
}
