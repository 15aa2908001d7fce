package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.wiring.Capacity;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.telemetry.logging.Logging;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Reports how many sign-ins this machine sustains, and how many such machines a target needs.
@Command(
    name = "capacity",
    description = {
      "Measures for some seconds how many sign-ins a second this machine sustains.",
      "Reports the cost of a password hash and the machines that a target needs. Run it on an"
          + " idle machine: it uses all processors."
    },
    mixinStandardHelpOptions = true)
final class CapacityCommand implements Callable<Integer> {
  private static final Duration CLOSE = Duration.ofSeconds(20);

  private final CommandContext context;

  @Mixin private Configured configured = new Configured();

  @Option(
      names = "--sign-ins",
      paramLabel = "PER_SECOND",
      description = "the target: sign-ins a second in all")
  private Optional<Double> target = Optional.empty();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  CapacityCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Configuration configuration = configured.read(context);
    if (target.filter(number -> !(number > 0 && number <= Capacity.MOST)).isPresent()) {
      throw InvalidFields.of(
          "--sign-ins", "invalid", "It is above 0 and at most " + Capacity.MOST + ".");
    }
    var lifecycle = new Lifecycle(System::nanoTime);
    try (Logging _ = Configured.startLogging(configuration, context, context.err())) {
      try {
        print(context.program().capacity(configuration, lifecycle));
        return 0;
      } finally {
        lifecycle.close(CLOSE);
      }
    }
  }

  private void print(Capacity capacity) {
    PrintStream out = context.out();
    if (json) {
      out.println(new JsonMapper().writeValueAsString(CapacityText.fields(capacity, target)));
      return;
    }
    CapacityText.lines(capacity, target).forEach(out::println);
  }
}
