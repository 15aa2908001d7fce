package dev.gatehouse.app.command;

import dev.gatehouse.accounts.transfer.ImportProgress;
import dev.gatehouse.accounts.transfer.ImportUsers;
import dev.gatehouse.accounts.transfer.Reject;
import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.command.operator.ProgressBar;
import dev.gatehouse.app.transfer.ImportFile;
import dev.gatehouse.app.transfer.RecordFormat;
import dev.gatehouse.app.transfer.UserLines;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Imports users from a file.
@Command(
    name = "import",
    description = {
      "Imports users from a file, one per line, with their password hashes.",
      "Invalid lines are listed on standard error, the others are imported. The same command"
          + " continues an interrupted import."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand extends OperatorCommand {
  @Parameters(paramLabel = "FILE", description = "the file; - is standard input")
  private String file = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "ndjson or csv (default: as the file's name ends)")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--restart",
      description = "begin at the first line, even if this file was imported before")
  private boolean restart;

  ImportCommand(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) throws IOException {
    RecordFormat read = RecordFormat.of(format, file);
    try (ImportFile source = open();
        var bar = context().progressBar(true)) {
      ImportUsers importUsers = operations.transfer().importUsers();
      if (restart) {
        importUsers.forget(source.mark());
      }
      var lines = UserLines.of(source.in(), read);
      ImportProgress before = importUsers.progress(source.mark());
      var report = new Report(bar, lines, source.size(), before.imported());
      if (before.line() > 0) {
        context().err().println("going on after line " + before.line());
      }
      ImportProgress done = importUsers.run(source.mark(), lines, report::stored, ORIGIN);
      bar.finish(done.imported() - before.imported());
      print(text(done), fields(done));
      if (done.rejected() > 0) {
        throw new Refusal(
            ErrorCode.INVALID_FIELDS,
            "%d lines were rejected; the others are imported".formatted(done.rejected()));
      }
    }
  }

  private ImportFile open() throws IOException {
    return file.equals("-") ? ImportFile.of(context().in()) : ImportFile.open(Path.of(file));
  }

  private static String text(ImportProgress done) {
    return "%d imported, %d rejected".formatted(done.imported(), done.rejected());
  }

  private static Map<String, Object> fields(ImportProgress done) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("imported", done.imported());
    fields.put("rejected", done.rejected());
    fields.put("last_line", done.line());
    return fields;
  }

  /// What is told while it goes on.
  private final class Report {
    private final ProgressBar bar;
    private final UserLines lines;
    private final OptionalLong size;
    private final long before;

    private Report(ProgressBar bar, UserLines lines, OptionalLong size, long before) {
      this.bar = bar;
      this.lines = lines;
      this.size = size;
      this.before = before;
    }

    private void stored(ImportProgress progress) {
      if (!progress.latest().isEmpty()) {
        bar.clear();
        progress.latest().forEach(this::list);
      }
      OptionalDouble fraction =
          size.isPresent()
              ? OptionalDouble.of((double) lines.passed() / Math.max(1, size.getAsLong()))
              : OptionalDouble.empty();
      bar.show(progress.imported() - before, fraction);
    }

    private void list(Reject reject) {
      for (FieldError fault : reject.faults()) {
        context()
            .err()
            .println(
                "line %d: %s: %s (%s)"
                    .formatted(reject.line(), fault.field(), fault.message(), fault.code()));
      }
    }
  }
}
