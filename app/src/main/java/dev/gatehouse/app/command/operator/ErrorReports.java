package dev.gatehouse.app.command.operator;

import dev.gatehouse.app.config.ConfigurationException;
import dev.gatehouse.app.settings.LogConfiguration;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.telemetry.logging.LogSanitizer;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says what went wrong: one line on the error stream for each fault, and the exit status. The
/// stack trace follows only when `GATEHOUSE_LOG_LEVEL` is `debug` or `trace`.
public final class ErrorReports {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;
  private static final Set<String> TELLING_LEVELS = Set.of("debug", "trace");

  private final PrintStream err;
  private final boolean stackTraces;

  public ErrorReports(CommandContext context) {
    String level = context.environment().getOrDefault(LogConfiguration.LEVEL.name(), "");
    this.err = context.err();
    this.stackTraces = TELLING_LEVELS.contains(level.strip().toLowerCase(Locale.ROOT));
  }

  /// The exit status of a command that was given nothing to parse.
  public int status(Callable<Integer> command) {
    try {
      return command.call();
    } catch (Exception failure) {
      return failed(failure);
    }
  }

  /// Reports what the command line does not understand.
  ///
  /// @return the exit status
  public int misused(ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    String help = "try %s --help".formatted(command);
    print("%s; %s%s".formatted(wrong.getMessage(), suggestion(wrong), help));
    return WRONG_USAGE;
  }

  /// Reports what a command threw.
  ///
  /// @return the exit status
  public int failed(Exception failure) {
    if (failure instanceof ConfigurationException configuration) {
      configuration.faults().forEach(this::print);
      return WRONG_USAGE;
    }
    if (failure instanceof InvalidFields invalid) {
      invalid.errors().forEach(fault -> print(fault.field() + ": " + fault.message()));
      return WRONG_USAGE;
    }
    print(words(failure));
    if (stackTraces) {
      failure.printStackTrace(err);
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

  private void print(String line) {
    err.println("gatehouse: " + LogSanitizer.of(line));
  }
}
