package dev.gatehouse.app.command.operator;

import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.telemetry.logging.Logging;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// A command that works on the database, beside running instances or without any.
public abstract class OperatorCommand implements Callable<Integer> {
  /// Commands come from the machine itself.
  public static final Origin ORIGIN = Origin.COMMAND;

  private static final Duration CLOSE = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final CommandContext context;

  @Mixin private Configured configured = new Configured();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  public OperatorCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public final Integer call() throws Exception {
    Configuration configuration = configured.read(context);
    var lifecycle = new Lifecycle(System::nanoTime);
    try (Logging _ = Configured.startQuietLogging(configuration, context)) {
      try {
        run(context.program().operate(configuration, lifecycle));
        return 0;
      } finally {
        lifecycle.close(CLOSE);
      }
    }
  }

  public abstract void run(Operations operations) throws Exception;

  public CommandContext context() {
    return context;
  }

  /// Prints one of two forms, as the caller asked.
  public void print(String text, Object value) {
    context.out().println(json ? MAPPER.writeValueAsString(value) : text);
  }

  public boolean json() {
    return json;
  }
}
