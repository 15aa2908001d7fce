package dev.gatehouse.postgres.session;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Times;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads once, in the background, from which addresses people have lately signed in: the sessions
/// that last longest are those used last, and an index has them in that order. Owns one thread
/// while it reads.
public final class RecentSignIns implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecentSignIns.class);
  private static final int MOST = 100_000;
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// Later than any session ends.
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  /// Sessions that end at the same microsecond as the last of a page are passed over.
  private static final Sql PAGE =
      Sql.of(
          """
          SELECT email_folded(u.email_compared) AS account, s.ip, least(s.idle_expires_at, s.expires_at) AS ends
          FROM sessions s JOIN users u ON u.id = s.user_id
          WHERE least(s.idle_expires_at, s.expires_at) < :before
          ORDER BY least(s.idle_expires_at, s.expires_at) DESC
          LIMIT 1000
          """);

  private final Database database;
  private final BiConsumer<String, String> seen;
  private final PeriodicTask task;
  private volatile boolean open = true;

  private RecentSignIns(Database database, BiConsumer<String, String> seen, PeriodicTasks tasks) {
    this.database = database;
    this.seen = seen;
    this.task =
        tasks
            .task("recent-sign-ins")
            .every(RETRY)
            .untilSuccess()
            .start(() -> log.debug("Read {} recent sign-ins", read()));
  }

  /// Begins to read.
  ///
  /// @param seen told of each account's canonical address and the client's address, in that order,
  ///     of at most a hundred thousand sessions
  public static RecentSignIns read(
      Database database, BiConsumer<String, String> seen, PeriodicTasks tasks) {
    return new RecentSignIns(database, seen, tasks);
  }

  @Override
  public void close() {
    open = false;
    task.close();
  }

  private int read() {
    int count = 0;
    List<SignIn> page = page(NEVER);
    while (open && !page.isEmpty() && count < MOST) {
      page.forEach(each -> seen.accept(each.account(), each.ip()));
      count += page.size();
      page = page(page.getLast().ends());
    }
    return count;
  }

  private List<SignIn> page(Instant before) {
    var call = PAGE.with("before", before);
    return database.read(
        statements ->
            statements.query(
                call,
                row ->
                    new SignIn(
                        row.getString("account"),
                        row.getString("ip"),
                        Times.instant(row, "ends"))));
  }

  private record SignIn(String account, String ip, Instant ends) {}
}
