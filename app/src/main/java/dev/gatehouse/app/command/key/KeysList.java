package dev.gatehouse.app.command.key;

import dev.gatehouse.accounts.apikey.ApiKey;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.wiring.Operations;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;

/// Lists API keys.
@Command(
    name = "list",
    description = "Lists the API keys, newest first, without their secrets.",
    mixinStandardHelpOptions = true)
final class KeysList extends OperatorCommand {
  KeysList(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) {
    List<ApiKey> keys = operations.apiKeys().list().all();
    if (json()) {
      print("", keys.stream().map(KeyText::fields).toList());
      return;
    }
    if (keys.isEmpty()) {
      context().err().println("gatehouse: no API keys found");
    }
    Instant now = InstantSource.system().instant();
    keys.forEach(key -> context().out().println(KeyText.line(key, now)));
  }
}
