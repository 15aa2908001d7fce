package dev.gatehouse.app.command;

import dev.gatehouse.accounts.error.ErrorCode;
import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.model.Actor;
import dev.gatehouse.accounts.model.ApiKeyId;
import dev.gatehouse.app.Operations;
import java.util.Map;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes an API key out of use.
@Command(
    name = "revoke",
    description = "Revokes an API key; every instance refuses it within a second.",
    mixinStandardHelpOptions = true)
final class KeysRevoke extends OperatorCommand {
  @Parameters(paramLabel = "ID", description = "the key's id, as `keys list` prints it")
  private UUID id = new UUID(0, 0);

  KeysRevoke(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  void run(Operations operations) {
    try {
      operations.revokeApiKey().revoke(new ApiKeyId(id), Actor.OPERATOR, ORIGIN);
    } catch (Refusal unknown) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is no live API key " + id);
    }
    print("revoked " + id, Map.of("revoked", id.toString()));
  }
}
