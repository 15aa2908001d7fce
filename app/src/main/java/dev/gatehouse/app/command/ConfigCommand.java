package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.Configured;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.Section;
import dev.gatehouse.app.config.Source;
import dev.gatehouse.app.settings.TracingConfiguration;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/// Prints what is in effect.
@Command(
    name = "config",
    description = "Prints the effective settings and where each comes from, secrets hidden.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {
  private final CommandContext context;

  @Mixin private Configured configured = new Configured();

  @Option(names = "--json", description = "print a JSON array")
  private boolean json;

  ConfigCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    Configuration configuration = configured.read(context);
    TracingConfiguration.warnings(configuration)
        .forEach(line -> context.err().println("gatehouse: " + line));
    if (json) {
      context.out().println(new JsonMapper().writeValueAsString(asObjects(configuration)));
      return;
    }
    configuration.catalog().sections().forEach(section -> print(configuration, section));
  }

  private void print(Configuration configuration, Section section) {
    PrintStream out = context.out();
    out.println(section.title());
    for (Configuration.Line line : configuration.lines(section)) {
      String shown = line.value().orElse("-");
      out.println("%-38s %-28s %s".formatted(line.name(), shown, word(line.source())));
    }
    out.println();
  }

  private static List<Map<String, Object>> asObjects(Configuration configuration) {
    var objects = new ArrayList<Map<String, Object>>();
    for (Section section : configuration.catalog().sections()) {
      for (Configuration.Line line : configuration.lines(section)) {
        var object = new LinkedHashMap<String, Object>();
        object.put("name", line.name());
        line.value().ifPresent(value -> object.put("value", value));
        object.put("source", word(line.source()));
        objects.add(object);
      }
    }
    return objects;
  }

  private static String word(Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
