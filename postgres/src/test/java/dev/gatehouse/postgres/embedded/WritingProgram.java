package dev.gatehouse.postgres.embedded;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// A program to be killed: starts the embedded server, prints its process id, then writes row after
/// row and prints the number of each once it is acknowledged.
final class WritingProgram {
  private static final int MOST_ROWS = 1_000_000;

  private WritingProgram() {}

  public static void main(String[] arguments) throws SQLException {
    var settings = new EmbeddedSettings(Path.of(arguments[0]), Path.of(arguments[1]), 20, true);
    var server = EmbeddedServer.start(settings);
    System.out.println(server.pid().orElseThrow());
    try (var connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE acknowledged (number integer)");
      for (int row = 1; row <= MOST_ROWS; row++) {
        statement.execute("INSERT INTO acknowledged VALUES (" + row + ")");
        System.out.println(row);
      }
    }
  }
}
