package dev.gatehouse.app.system;

import dev.gatehouse.postgres.embedded.EmbeddedSettings;
import dev.gatehouse.postgres.embedded.RunningServer;
import dev.gatehouse.testkit.net.FaultProxy;
import dev.gatehouse.testkit.redis.RedisFixture;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Two instances as their own processes on one PostgreSQL, the first one's, and one Redis, each
/// with its own network between itself and Redis.
final class TwoInstances implements AutoCloseable {
  final RedisFixture redis = RedisFixture.embedded();
  final FaultProxy firstNetwork = FaultProxy.to(redis.port(), 1);
  final FaultProxy secondNetwork = FaultProxy.to(redis.port(), 2);
  final FaultProxy secondDatabaseNetwork;
  final RunningGatehouse first;
  final RunningGatehouse second;
  private final RunningServer database;

  private TwoInstances(Path folder, Map<String, String> settings) {
    Path data = folder.resolve("first");
    Map<String, String> ofFirst = TestSettings.alike();
    ofFirst.putAll(with(settings, firstNetwork));
    first = RunningGatehouse.start(data, ofFirst);
    database = RunningServer.on(EmbeddedSettings.under(data.toAbsolutePath(), 10)).orElseThrow();
    int port = URI.create(database.url().substring("jdbc:".length())).getPort();
    secondDatabaseNetwork = FaultProxy.to(port, 3);
    String url = database.url().replace(":" + port, ":" + secondDatabaseNetwork.port());
    var ofSecond = TestSettings.alikeOn(url, database.user(), database.password());
    ofSecond.putAll(with(settings, secondNetwork));
    second = RunningGatehouse.startOnFolder(folder.resolve("second"), ofSecond);
  }

  /// Starts them and returns when both are ready.
  static TwoInstances start(Path folder, Map<String, String> settings) {
    return new TwoInstances(folder, settings);
  }

  /// Takes away whatever is wrong between the two and Redis, and returns when both share again. One
  /// success would not do: the circuit breakers want several before they close.
  void heal() {
    firstNetwork.heal();
    secondNetwork.heal();
    for (int success = 0; success < 3; success++) {
      Sharing.await(first.client(), redis);
      Sharing.await(second.client(), redis);
    }
  }

  /// Gives a user the role of administrators.
  void makeAdministrator(String email) throws SQLException {
    try (Connection connection = connect();
        var statement =
            connection.prepareStatement(
                "UPDATE users SET roles = '{admin}', version = version + 1 WHERE email = ?")) {
      statement.setString(1, email);
      statement.executeUpdate();
    }
  }

  /// Stops the database's processes whose latest statement is like a pattern, or resumes them.
  ///
  /// @param signal STOP or CONT
  void signalBackends(String signal, String pattern) throws SQLException {
    try (Connection connection = connect();
        var query =
            connection.prepareStatement(
                "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND query LIKE ?")) {
      query.setString(1, pattern);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          RunningGatehouse.signal(signal, rows.getLong("pid"));
        }
      }
    }
  }

  /// Runs a statement on the database.
  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    second.close();
    first.close();
    secondDatabaseNetwork.close();
    firstNetwork.close();
    secondNetwork.close();
    redis.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.url(), database.user(), database.password());
  }

  private static Map<String, String> with(Map<String, String> settings, FaultProxy network) {
    var all = new HashMap<>(settings);
    all.put("GATEHOUSE_REDIS_URL", "redis://127.0.0.1:" + network.port());
    return all;
  }
}
