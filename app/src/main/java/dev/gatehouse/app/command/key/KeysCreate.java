package dev.gatehouse.app.command.key;

import dev.gatehouse.accounts.apikey.CreateApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.ExpiryOption;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes an API key and shows its secret, this once.
@Command(
    name = "create",
    description = "Creates an API key and prints it; it cannot be shown again.",
    mixinStandardHelpOptions = true)
final class KeysCreate extends OperatorCommand {
  @Parameters(paramLabel = "NAME", description = "a name that says who uses the key")
  private String name = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      required = true,
      split = ",",
      description = "users:read, users:write or introspect; may be repeated")
  private List<String> scopes = List.of();

  @Mixin private ExpiryOption expires = new ExpiryOption();

  KeysCreate(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) {
    Set<Scope> granted = scopes.stream().map(Scope::parse).collect(Collectors.toSet());
    CreateApiKey.Created created =
        operations.apiKeys().create().create(name, granted, expires.read(), Actor.OPERATOR, ORIGIN);
    var fields = KeyText.fields(created.key());
    fields.put("key", created.secret().encoded());
    print(created.secret().encoded(), fields);
  }
}
