package dev.gatehouse.app.command.operator;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.config.ConfigurationFile;
import dev.gatehouse.app.config.ConfigurationReader;
import dev.gatehouse.app.settings.LogConfiguration;
import dev.gatehouse.app.settings.Settings;
import dev.gatehouse.telemetry.logging.LogFormat;
import dev.gatehouse.telemetry.logging.LogLevel;
import dev.gatehouse.telemetry.logging.Logging;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of every command that needs the configuration.
public final class Configured {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "read settings from this properties file; environment variables take precedence")
  private Optional<Path> file = Optional.empty();

  public Configuration read(CommandContext context) {
    Map<String, String> keys = file.map(ConfigurationFile::read).orElse(Map.of());
    return new ConfigurationReader(Settings.CATALOG, context.environment(), keys).read();
  }

  public static LogFormat logFormat(Configuration configuration, CommandContext context) {
    LogFormat usual = context.terminal() ? LogFormat.TEXT : LogFormat.JSON;
    return configuration.find(LogConfiguration.FORMAT).orElse(usual);
  }

  /// For a command whose output is what a person intends to see: of the log, what went wrong alone,
  /// unless a level is set. What is done is in the audit trail of the database.
  static Logging startQuietLogging(Configuration configuration, CommandContext context) {
    boolean chosen = configuration.isSet(LogConfiguration.LEVEL);
    return Logging.start(
        logFormat(configuration, context),
        chosen ? configuration.get(LogConfiguration.LEVEL) : LogLevel.WARN,
        context.err(),
        context.coloured());
  }

  public static Logging startLogging(
      Configuration configuration, CommandContext context, OutputStream out) {
    return Logging.start(
        logFormat(configuration, context),
        configuration.get(LogConfiguration.LEVEL),
        out,
        context.coloured());
  }
}
