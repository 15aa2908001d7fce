package dev.gatehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.postgres.database.OpenDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Server processes that are stopped while their connections stay open. Resumed when closed.
public final class HungBackends implements AutoCloseable {
  private final List<String> processes;

  private HungBackends(List<String> processes) {
    this.processes = processes;
  }

  /// Stops those of a database whose latest statement is like a pattern.
  public static HungBackends stop(OpenDatabase database, String pattern)
      throws SQLException, IOException {
    var found = new ArrayList<String>();
    try (var connection = database.connect();
        var query =
            connection.prepareStatement(
                """
                SELECT pid FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE ?
                """)) {
      query.setString(1, pattern);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString("pid"));
        }
      }
    }
    assertThat(found).isNotEmpty();
    var backends = new HungBackends(found);
    backends.signal("STOP");
    return backends;
  }

  @Override
  public void close() throws IOException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException {
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    command.addAll(processes);
    try {
      assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
