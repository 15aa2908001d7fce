package dev.gatehouse.app.command.key;

import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes an API key out of use.
@Command(
    name = "revoke",
    description = "Revokes an API key; every instance rejects it within a second.",
    mixinStandardHelpOptions = true)
final class KeysRevoke extends OperatorCommand {
  @Parameters(paramLabel = "ID", description = "the key's id, as `keys list` prints it")
  private UUID id = new UUID(0, 0);

  KeysRevoke(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) {
    try {
      operations.apiKeys().revoke().revoke(new ApiKeyId(id), Actor.OPERATOR, ORIGIN);
    } catch (Refusal unknown) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is no live API key " + id);
    }
    print("revoked " + id, Map.of("revoked", id.toString()));
  }
}
