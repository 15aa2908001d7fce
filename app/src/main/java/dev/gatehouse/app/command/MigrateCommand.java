package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Durations;
import dev.gatehouse.app.config.InvalidValue;
import dev.gatehouse.app.config.SettingType;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.telemetry.logging.Logging;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Brings the tables up to date. `serve` does so itself; this is for those who want it done before.
@Command(
    name = "migrate",
    description = "Brings the database's tables up to date.",
    mixinStandardHelpOptions = true)
final class MigrateCommand implements Callable<Integer> {
  private static final Duration CLOSE = Duration.ofSeconds(20);
  private static final int SOMETHING_TO_APPLY = 3;
  private static final SettingType<Duration> WAIT = Durations.between("1s", "1h");

  private final CommandContext context;

  @Mixin private Configured configured = new Configured();

  @Option(
      names = "--check",
      description =
          "change nothing; exit status 3 when there is something to apply; lists the accounts that"
              + " would share an address by case folding")
  private boolean check;

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "with --check: wait until the database responds and there is nothing to apply, at most this"
              + " long (1s to 1h); exit status 1 after that time")
  private Optional<String> wait = Optional.empty();

  MigrateCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    Configuration configuration = configured.read(context);
    Optional<Duration> patience = wait.map(this::patience);
    var lifecycle = new Lifecycle(System::nanoTime);
    try (Logging _ = Configured.startLogging(configuration, context, context.err())) {
      try {
        int count =
            patience.isPresent()
                ? awaited(configuration, lifecycle, patience.get())
                : context.program().migrate(configuration, lifecycle, check);
        context.out().println(count + (check ? " to apply" : " applied"));
        return check && count > 0 ? SOMETHING_TO_APPLY : 0;
      } finally {
        lifecycle.close(CLOSE);
      }
    }
  }

  /// There is nothing left to apply when it returns.
  private int awaited(Configuration configuration, Lifecycle lifecycle, Duration atMost) {
    context.program().awaitSchema(configuration, lifecycle, atMost);
    return 0;
  }

  private Duration patience(String written) {
    if (!check) {
      throw InvalidFields.of("--wait", "invalid", "Only --check waits.");
    }
    try {
      return WAIT.reader().read(written);
    } catch (InvalidValue wrong) {
      throw InvalidFields.of("--wait", "invalid", "It must be %s.".formatted(wrong.expectation()));
    }
  }
}
