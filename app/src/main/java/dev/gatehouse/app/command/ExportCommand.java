package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.OperatorCommand;
import dev.gatehouse.app.transfer.ExportFile;
import dev.gatehouse.app.transfer.RecordFormat;
import dev.gatehouse.app.transfer.StreamSink;
import dev.gatehouse.app.transfer.UserSink;
import dev.gatehouse.app.transfer.WrittenUsers;
import dev.gatehouse.app.wiring.Operations;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes all users to a file.
@Command(
    name = "export",
    description = {
      "Writes all users to a file, one a line, in the form that import reads.",
      "The file's owner alone may read it. Password hashes are left out unless requested."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand extends OperatorCommand {
  private static final String STANDARD_OUTPUT = "-";

  @Parameters(paramLabel = "FILE", description = "the file; - is standard output")
  private String file = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "ndjson or csv (default: as the file's name ends)")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--with-password-hashes",
      description = "include the password hashes; with them, passwords can be guessed offline")
  private boolean withHashes;

  @Option(names = "--resume", description = "continue an interrupted export")
  private boolean resume;

  ExportCommand(CommandContext context) {
    super(context);
  }

  @Override
  public void run(Operations operations) throws IOException {
    RecordFormat written = RecordFormat.of(format, file);
    boolean toFile = !file.equals(STANDARD_OUTPUT);
    try (UserSink sink = toFile ? file(written) : standardOutput();
        var bar = context().progressBar(toFile)) {
      var users =
          WrittenUsers.to(
              sink, written, withHashes, count -> bar.show(count, OptionalDouble.empty()));
      operations.transfer().exportUsers().run(sink.last(), withHashes, users, ORIGIN);
      sink.finish();
      bar.clear();
      if (toFile) {
        print(users.count() + " exported", Map.of("exported", users.count()));
      }
    }
  }

  private UserSink file(RecordFormat written) throws IOException {
    Path path = Path.of(file);
    if (resume) {
      return ExportFile.resume(path, written, withHashes);
    }
    try {
      return ExportFile.create(path);
    } catch (FileAlreadyExistsException exists) {
      throw new Refusal(
          ErrorCode.INVALID_FIELDS,
          "%s exists; --resume continues an interrupted export".formatted(file));
    }
  }

  private UserSink standardOutput() {
    if (resume) {
      throw InvalidFields.of("--resume", "invalid", "Only a file can be gone on with.");
    }
    return new StreamSink(context().out());
  }
}
