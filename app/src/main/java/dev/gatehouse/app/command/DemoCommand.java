package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs a whole cluster on this machine until it is told to stop.
@Command(
    name = "demo",
    description = {
      "Runs a cluster to play with: three instances and a gateway on one database.",
      "With Consul where it is on the machine. Keeps nothing when it stops (Ctrl-C)."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private final CommandContext surroundings;

  @Mixin private Configured configured = new Configured();

  DemoCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new LongRunning(surroundings)
        .run(
            configured.read(surroundings),
            (configuration, parts, readiness) -> {
              surroundings.out().print(surroundings.program().demo(parts));
              surroundings.out().flush();
              return "";
            });
  }
}
