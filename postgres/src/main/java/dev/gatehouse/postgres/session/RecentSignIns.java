package dev.gatehouse.postgres.session;

import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.resilience.periodic.PeriodicTask;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads once, in the background, the addresses of recent sign-ins: those of open sessions, the
/// newest first, which is the order of their ids. Owns one thread while it reads.
public final class RecentSignIns implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecentSignIns.class);
  private static final int MOST = 100_000;
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// Above any id.
  private static final UUID LAST = new UUID(-1, -1);

  private static final Sql PAGE =
      Sql.of(
          """
          SELECT id, user_id, ip
          FROM sessions
          WHERE id < :before
          ORDER BY id DESC
          LIMIT 1000
          """);

  private static final Sql ACCOUNTS =
      Sql.of(
          """
          SELECT id, email_folded(email_compared) AS account
          FROM users
          WHERE id = ANY (CAST(:ids AS uuid[]))
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
    List<SignIn> page = page(LAST);
    while (open && !page.isEmpty() && count < MOST) {
      Map<UUID, String> accounts = accounts(page);
      page.forEach(
          each ->
              Optional.ofNullable(accounts.get(each.user()))
                  .ifPresent(account -> seen.accept(account, each.ip())));
      count += page.size();
      page = page(page.getLast().session());
    }
    return count;
  }

  private List<SignIn> page(UUID before) {
    var call = PAGE.with("before", before);
    return database.read(statements -> statements.query(call, SignIn::of));
  }

  private Map<UUID, String> accounts(List<SignIn> page) {
    String[] ids =
        page.stream().map(each -> each.user().toString()).distinct().toArray(String[]::new);
    return database
        .read(statements -> statements.query(ACCOUNTS.with("ids", ids), Account::of))
        .stream()
        .collect(Collectors.toMap(Account::user, Account::address));
  }

  private record Account(UUID user, String address) {
    static Account of(ResultSet row) throws SQLException {
      return new Account(row.getObject("id", UUID.class), row.getString("account"));
    }
  }

  private record SignIn(UUID session, UUID user, String ip) {
    static SignIn of(ResultSet row) throws SQLException {
      return new SignIn(
          row.getObject("id", UUID.class),
          row.getObject("user_id", UUID.class),
          row.getString("ip"));
    }
  }
}
