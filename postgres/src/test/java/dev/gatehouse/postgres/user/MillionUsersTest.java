package dev.gatehouse.postgres.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.postgres.Searches;
import dev.gatehouse.postgres.database.OpenDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The administrators' search on a million users.
@Tag("evidence")
final class MillionUsersTest {
  private static final Duration LIMIT = Duration.ofMillis(50);
  private static final int PAGES = 20;

  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  @BeforeAll
  static void fill() throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO users
          SELECT uuidv7(interval '1 ms' * n), 'User' || n || '@example.org',
            'user' || n || '@example.org', 'User ' || n, true,
            CASE WHEN n % 50 = 0 THEN 'disabled' ELSE 'active' END, '{}', 'hash$' || n, 1, now(), now()
          FROM generate_series(1, 1000000) AS n
          """);
      statement.execute("VACUUM ANALYZE users");
    }
  }

  /// Measured at the client: the database's time and the way there. The first of several tries may
  /// meet a cold cache or a busy machine, so each page counts by its best of three.
  @Test
  void givesEveryPageWithinFiftyMilliseconds() {
    var search = new SearchUsers(new PostgresUsers(DATABASE.get()));
    for (UserQuery first : Searches.all()) {
      Optional<UserQuery> query = Optional.of(first);
      long worst = 0;
      int pages = 0;
      while (query.isPresent() && pages < PAGES) {
        UserQuery asked = query.get();
        worst = Math.max(worst, bestOfThree(search, asked));
        query = Searches.next(asked, search.page(asked));
        pages++;
      }
      System.getLogger("evidence")
          .log(
              System.Logger.Level.INFO,
              "prefix {0}, status {1}: worst of {2} pages {3} us",
              first.prefix().map(prefix -> prefix.canonical()),
              first.status(),
              pages,
              worst / 1000);
      assertThat(Duration.ofNanos(worst)).as(first.toString()).isLessThan(LIMIT);
    }
  }

  private static long bestOfThree(SearchUsers search, UserQuery query) {
    long best = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 3; attempt++) {
      long began = System.nanoTime();
      search.page(query);
      best = Math.min(best, System.nanoTime() - began);
    }
    return best;
  }
}
