package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.ProgressBar;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts a backup into the database.
@Command(
    name = "restore",
    description = {
      "Restores a backup into an empty database in one transaction and ends all sessions.",
      "No instance may be running on the database meanwhile. The secret key must be that of the"
          + " installation that was backed up."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand extends DatabaseCommand {
  @Parameters(paramLabel = "FILE", description = "a file that gatehouse backup wrote")
  private Path file = Path.of("");

  @Option(names = "--replace", description = "first delete the contents of the database")
  private boolean replace;

  @Option(
      names = "--keep-sessions",
      description =
          "keep the sessions of the backup, even those that ended after it was taken; for a"
              + " move")
  private boolean keepSessions;

  @Option(
      names = "--without-server-keys",
      description = "if the secret key is lost: leave out what it encrypted, and create new keys")
  private boolean withoutServerKeys;

  RestoreCommand(CommandContext context) {
    super(context);
  }

  @Override
  Report run(Configuration configuration, Lifecycle lifecycle, ProgressBar bar) throws IOException {
    if (keepSessions && withoutServerKeys) {
      throw InvalidFields.of(
          "--keep-sessions", "invalid", "Sessions do not outlive the server keys.");
    }
    var options = new DatabaseRestore.Options(replace, keepSessions, withoutServerKeys);
    DatabaseRestore.Restored restored =
        context()
            .program()
            .restore(
                configuration, lifecycle, file, options, (rows, part) -> show(bar, rows, part));
    for (String table : restored.skipped()) {
      context().err().println("table %s is not of Gatehouse and was left out".formatted(table));
    }
    long rows = restored.rows().values().stream().mapToLong(Long::longValue).sum();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("rows", rows);
    fields.put("tables", new TreeMap<>(restored.rows()));
    fields.put("skipped_tables", restored.skipped());
    fields.put("ended_sessions", restored.endedSessions());
    fields.put("migrations", restored.migrations());
    return new Report(
        "%d rows restored, %d sessions ended, %d migrations applied"
            .formatted(rows, restored.endedSessions(), restored.migrations()),
        fields);
  }
}
