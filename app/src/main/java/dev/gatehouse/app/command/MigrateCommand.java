package dev.gatehouse.app.command;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Parts;
import dev.gatehouse.telemetry.logging.Logging;
import java.time.Duration;
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

  private final Surroundings surroundings;

  @Mixin private Configured configured = new Configured();

  @Option(
      names = "--check",
      description = "change nothing; exit status 1 when there is something to do")
  private boolean check;

  MigrateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Configuration configuration = configured.read(surroundings);
    var parts = new Parts(System::nanoTime);
    try (Logging _ = Configured.startLogging(configuration, surroundings, surroundings.err())) {
      try {
        int count = surroundings.program().migrate(configuration, parts, check);
        surroundings.out().println(count + (check ? " to apply" : " applied"));
        return check && count > 0 ? 1 : 0;
      } finally {
        parts.close(CLOSE);
      }
    }
  }
}
