package dev.gatehouse.postgres.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Rotation;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.postgres.apikey.PostgresApiKeys;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.InMemoryRefreshTokenChain;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Updates of rows that change often are heap-only: they write to no index.
class HotUpdatesTest {
  private static final int ROWS = 50;
  private static final int UPDATES = 12;

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();

  @Test
  void updatesOfHotTablesWriteToNoIndex() throws SQLException {
    Map<String, Updates> made = made();

    for (String table : List.of("sessions", "users", "api_keys")) {
      assertThat(made.get(table))
          .as(table)
          .satisfies(updates -> assertThat(updates.all()).isPositive());
      assertThat(made.get(table))
          .as(table)
          .satisfies(updates -> assertThat(updates.hot()).isGreaterThan(0.95));
    }
  }

  @Test
  void itIsSeenWhenAnIndexContainsWhatARefreshChanges() throws SQLException {
    execute("CREATE INDEX by_end ON sessions (least(idle_expires_at, expires_at))");
    try {
      assertThat(made().get("sessions")).satisfies(updates -> assertThat(updates.hot()).isZero());
    } finally {
      execute("DROP INDEX by_end");
    }
  }

  /// A connection reports its counters when it goes.
  private Map<String, Updates> made() throws SQLException {
    Map<String, Counters> before = counters();
    try (var database = Database.open(DATABASE.settings())) {
      for (int row = 0; row < ROWS; row++) {
        refreshAndRename(database);
        useKey(database);
      }
    }
    var made = new HashMap<String, Updates>();
    counters()
        .forEach(
            (table, after) ->
                made.put(table, after.since(before.getOrDefault(table, Counters.NONE))));
    return made;
  }

  private void refreshAndRename(Database database) {
    var users = new PostgresUsers(database);
    var sessions = new PostgresSessions(database);
    User user = users.add(Sample.newUser(), Sample.hash("one"));
    NewSession session = Sample.session(user.id());
    RefreshToken token = chain.first(session.id());
    assertThat(sessions.open(session, Sample.LIFETIME, token, Sample.hash("one"))).isPresent();
    for (int update = 0; update < UPDATES; update++) {
      RefreshToken next = chain.successor(token);
      assertThat(sessions.rotate(token, next, Duration.ofDays(30), Duration.ofSeconds(10)))
          .isInstanceOf(Rotation.Continued.class);
      token = next;
      user = users.update(user.with(Profile.EMPTY)).user();
    }
  }

  private static void useKey(Database database) {
    var keys = new PostgresApiKeys(database);
    var key = new NewApiKey(new ApiKeyId(Sample.id()), "name", Set.of(Scope.USERS_READ));
    keys.add(key, Sample.apiKeySecret(), Expiry.NEVER);
    assertThat(keys.touch(key.id())).isTrue();
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// @param hot the part that is heap-only
  private record Updates(long all, double hot) {}

  private record Counters(long all, long hot) {
    static final Counters NONE = new Counters(0, 0);

    Updates since(Counters before) {
      long made = all - before.all;
      return new Updates(made, made == 0 ? 0 : (double) (hot - before.hot) / made);
    }
  }

  private static Map<String, Counters> counters() throws SQLException {
    var found = new HashMap<String, Counters>();
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT relname, n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables")) {
      while (rows.next()) {
        found.put(rows.getString(1), new Counters(rows.getLong(2), rows.getLong(3)));
      }
    }
    return found;
  }
}
