package dev.gatehouse.app.command.key;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.tokens.KeyRotation;
import java.util.Map;
import picocli.CommandLine.Command;

/// Publishes the next key for access tokens before its time has come.
@Command(
    name = "rotate-signing",
    description = "Publishes the next key that signs access tokens; no token stops working.",
    mixinStandardHelpOptions = true)
final class KeysRotateSigning extends OperatorCommand {
  KeysRotateSigning(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) throws Exception {
    KeyRotation rotation = operations.rotateSigningKey().call();
    String from = rotation.signsFrom().toString();
    String text = rotation.made() ? "%s signs from %s" : "%s was about to sign already, from %s";
    print(
        text.formatted(rotation.kid(), from),
        Map.of("kid", rotation.kid(), "signs_from", from, "made", rotation.made()));
  }
}
