package dev.gatehouse.postgres.token;

import dev.gatehouse.accounts.token.ServerKeys;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.testkit.accounts.ServerKeysContract;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresServerKeysTest extends ServerKeysContract {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @BeforeEach
  void empty() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute("TRUNCATE server_keys");
    }
  }

  @Override
  protected ServerKeys keys() {
    return new PostgresServerKeys(DATABASE.get());
  }
}
