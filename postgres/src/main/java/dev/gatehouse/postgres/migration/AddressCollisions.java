package dev.gatehouse.postgres.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accounts whose addresses differ by case folding alone, made by releases that did not fold. They
/// stay as they are; what the operator has to know is logged once, when the schema learns to fold,
/// and before by a check.
public final class AddressCollisions {
  /// From which on addresses are folded.
  static final int SCHEMA_VERSION = 16;

  private static final Logger log = LoggerFactory.getLogger(AddressCollisions.class);

  /// The account that keeps the folded form comes first.
  private static final String TEXT =
      """
      WITH unfolded AS (
        SELECT id, email_compared, email_folded(email_compared) AS folded
        FROM users
        WHERE octet_length(email_compared) <> char_length(email_compared)
      ), candidates AS (
        SELECT id, email_compared, folded FROM unfolded
        UNION
        SELECT id, email_compared, email_compared FROM users
        WHERE email_compared IN (SELECT folded FROM unfolded)
      )
      SELECT array_agg(id::text ORDER BY email_compared = folded DESC, id) AS ids
      FROM candidates
      GROUP BY folded
      HAVING count(*) > 1
      ORDER BY min(id::text)
      LIMIT 100
      """;

  private static final Sql COLLISIONS = Sql.of(TEXT);

  private static final String FUNCTION_CALL = "email_folded(email_compared)";
  private static final String SCRIPT = "/db/migration/V15__fold_the_case_of_addresses.sql";
  private static final String RETURN = "RETURN ";

  private AddressCollisions() {}

  /// Logs each group of accounts that share a folded address, the first hundred.
  static void report(DataSource connections) {
    report(connections, COLLISIONS);
  }

  /// The same before the schema has the function that folds.
  static void foresee(DataSource connections) {
    report(connections, Sql.of(TEXT.replace(FUNCTION_CALL, folding())));
  }

  private static void report(DataSource connections, Sql query) {
    try {
      find(connections, query)
          .forEach(
              ids ->
                  log.atWarn()
                      .addKeyValue("keeps", ids.getFirst())
                      .addKeyValue("others", ids.subList(1, ids.size()))
                      .log(
                          "Accounts share an address by case folding: {} is found under every"
                              + " spelling, {} under the spelling of their registration alone",
                          ids.getFirst(),
                          ids.subList(1, ids.size())));
    } catch (SQLException failure) {
      log.warn("Accounts that share an address could not be listed", failure);
    }
  }

  /// Finds the accounts that share an address.
  ///
  /// @return the ids of each group, the one that keeps the folded form first
  static List<List<String>> find(DataSource connections) throws SQLException {
    return find(connections, COLLISIONS);
  }

  private static List<List<String>> find(DataSource connections, Sql query) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      return new Statements(connection)
          .query(query.call(), row -> List.of((String[]) row.getArray("ids").getArray()));
    }
  }

  /// The expression that the migration makes a function of.
  private static String folding() {
    try (InputStream script = AddressCollisions.class.getResourceAsStream(SCRIPT)) {
      String text = new String(Objects.requireNonNull(script).readAllBytes(), UTF_8);
      int begin = text.indexOf(RETURN) + RETURN.length();
      return text.substring(begin, text.lastIndexOf(';')).replace("address,", "email_compared,");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
