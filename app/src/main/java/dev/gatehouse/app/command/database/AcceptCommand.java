package dev.gatehouse.app.command.database;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import java.util.Map;
import picocli.CommandLine.Command;

/// Accepts the configured database server although it lacks what instances have seen.
@Command(
    name = "accept",
    description = {
      "Accepts the configured database server although it is behind what instances have seen,"
          + " as after a restore from a backup.",
      "What the server lacks is lost. Running instances use it within a second."
    },
    mixinStandardHelpOptions = true)
final class AcceptCommand extends OperatorCommand {
  AcceptCommand(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) {
    long epoch = operations.acceptDatabase().getAsLong();
    print("database accepted; its epoch is %d".formatted(epoch), Map.of("epoch", epoch));
  }
}
