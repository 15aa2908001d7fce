package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs a gateway until it is told to stop.
@Command(
    name = "gateway",
    description =
        "Runs a gateway in front of many instances until it is told to stop (SIGTERM, Ctrl-C).",
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
  private final CommandContext surroundings;

  @Mixin private Configured configured = new Configured();

  GatewayCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new LongRunning(surroundings)
        .run(
            configured.read(surroundings),
            (configuration, parts, readiness) ->
                Banner.of(surroundings.program().gateway(configuration, parts, readiness)));
  }
}
