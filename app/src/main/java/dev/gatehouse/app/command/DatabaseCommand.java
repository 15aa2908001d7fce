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

  private final CommandContext surroundings;

  @Mixin private Configured configured = new Configured();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  DatabaseCommand(CommandContext surroundings) {
    this.surroundings = surroundings;
  }

  /// What is printed, as text and as JSON.
  record Answer(String text, Map<String, Object> fields) {}

  @Override
  public final Integer call() throws IOException {
    Configuration configuration = configured.read(surroundings);
    var lifecycle = new Lifecycle(System::nanoTime);
    try (Logging _ = Configured.startLogging(configuration, surroundings, surroundings.err())) {
      try (var bar = surroundings.progressBar(true, "rows")) {
        Answer answer = run(configuration, lifecycle, bar);
        bar.clear();
        surroundings
            .out()
            .println(json ? MAPPER.writeValueAsString(answer.fields()) : answer.text());
        return 0;
      } finally {
        lifecycle.close(CLOSE);
      }
    }
  }

  abstract Answer run(Configuration configuration, Lifecycle lifecycle, ProgressBar bar)
      throws IOException;

  CommandContext surroundings() {
    return surroundings;
  }

  static void show(ProgressBar bar, long rows, double fraction) {
    bar.show(rows, OptionalDouble.of(fraction));
  }
}
