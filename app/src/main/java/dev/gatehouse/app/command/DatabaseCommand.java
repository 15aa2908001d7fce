package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import dev.gatehouse.app.command.operator.ProgressBar;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.telemetry.logging.Logging;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// A command that reads or writes the database as a whole, without the parts that others need.
abstract class DatabaseCommand implements Callable<Integer> {
  private static final Duration CLOSE = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER = new JsonMapper();

  private final CommandContext context;

  @Mixin private Configured configured = new Configured();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  DatabaseCommand(CommandContext context) {
    this.context = context;
  }

  /// What is printed, as text and as JSON.
  record Report(String text, Map<String, Object> fields) {}

  @Override
  public final Integer call() throws IOException {
    Configuration configuration = configured.read(context);
    var lifecycle = new Lifecycle(System::nanoTime);
    try (Logging _ = Configured.startLogging(configuration, context, context.err())) {
      try (var bar = context.progressBar(true, "rows")) {
        Report report = run(configuration, lifecycle, bar);
        bar.clear();
        context.out().println(json ? MAPPER.writeValueAsString(report.fields()) : report.text());
        return 0;
      } finally {
        lifecycle.close(CLOSE);
      }
    }
  }

  abstract Report run(Configuration configuration, Lifecycle lifecycle, ProgressBar bar)
      throws IOException;

  CommandContext context() {
    return context;
  }

  static void show(ProgressBar bar, long rows, double fraction) {
    bar.show(rows, OptionalDouble.of(fraction));
  }
}
