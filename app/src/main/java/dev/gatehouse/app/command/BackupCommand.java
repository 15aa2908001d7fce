package dev.gatehouse.app.command;

import dev.gatehouse.app.command.operator.CommandContext;
import dev.gatehouse.app.command.operator.ProgressBar;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Writes the database to a file.
@Command(
    name = "backup",
    description = {
      "Writes everything in the database to one file, while instances keep running.",
      "The file is a consistent snapshot, is verified, and only its owner may read it. The secret"
          + " key is not in it: store it separately."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand extends DatabaseCommand {
  @Parameters(paramLabel = "FILE", description = "the file; it must not exist")
  private Path file = Path.of("");

  BackupCommand(CommandContext context) {
    super(context);
  }

  @Override
  Report run(Configuration configuration, Lifecycle lifecycle, ProgressBar bar) throws IOException {
    DatabaseBackup.Written written =
        context()
            .program()
            .backup(configuration, lifecycle, file, (rows, part) -> show(bar, rows, part));
    Manifest manifest = written.manifest();
    Map<String, Long> tables = new TreeMap<>();
    manifest.tables().forEach(table -> tables.put(table.name(), table.rows()));
    var fields = new LinkedHashMap<String, Object>();
    fields.put("file", file.toString());
    fields.put("bytes", written.bytes());
    fields.put("taken_at", manifest.taken());
    fields.put("schema_version", manifest.schema());
    fields.put("server_version", manifest.server());
    fields.put("rows", manifest.rows());
    fields.put("tables", tables);
    return new Report(
        "%d rows of %d tables in %s (%d bytes), verified"
            .formatted(manifest.rows(), manifest.tables().size(), file, written.bytes()),
        fields);
  }
}
