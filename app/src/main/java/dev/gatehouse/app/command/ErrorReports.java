package dev.gatehouse.app.command;

import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.settings.LogConfiguration;
import dev.gatehouse.telemetry.logging.OneLine;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what went wrong: one line on the error stream for each fault, and the exit status. The stack
/// trace follows only when `GATEHOUSE_LOG_LEVEL` is `debug` or `trace`.
final class ErrorReports implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final Set<String> TELLING_LEVELS = Set.of("debug", "trace");

  private final boolean stackTraces;

  ErrorReports(Surroundings surroundings) {
    String level = surroundings.environment().getOrDefault(LogConfiguration.LEVEL.name(), "");
    this.stackTraces = TELLING_LEVELS.contains(level.strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public int handleParseException(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    String help = "try %s --help".formatted(command.getCommandSpec().qualifiedName());
    print(command, "%s; %s%s".formatted(wrong.getMessage(), suggestion(wrong), help));
    return WRONG_USAGE;
  }

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof ConfigurationException configuration) {
      configuration.faults().forEach(fault -> print(command, fault));
      return WRONG_USAGE;
    }
    if (failure instanceof InvalidFields invalid) {
      invalid.errors().forEach(fault -> print(command, fault.field() + ": " + fault.message()));
      return WRONG_USAGE;
    }
    print(command, words(failure));
    if (stackTraces) {
      failure.printStackTrace(command.getErr());
    }
    return FAILED;
  }

  /// Of a file the JDK says no more than its name.
  private static String words(Exception failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> denied.getFile() + " may not be opened";
      default -> Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
    };
  }

  private static String suggestion(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      List<String> nearest = unmatched.getSuggestions();
      return nearest.isEmpty() ? "" : "did you mean %s? ".formatted(nearest.getFirst());
    }
    return "";
  }

  private static void print(CommandLine command, String line) {
    command.getErr().println("gatehouse: " + OneLine.of(line));
  }
}
