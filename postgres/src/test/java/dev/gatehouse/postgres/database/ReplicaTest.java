package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.fixture.PreparedServer;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.postgres.revocation.RevocationFeed;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.user.PostgresChangedUsers;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.Sample;
import dev.gatehouse.testkit.postgres.StandbyServer;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Two real servers, the second following the first. One story, since two servers cost seconds: the
/// standby responds, falls behind, catches up, goes and comes back, and at last takes the primary's
/// place.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ReplicaTest {
  private static final Duration OLDEST = Duration.ofSeconds(1);
  private static final int INSTANCES = 6;
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Path folder;
  private EmbeddedServer primary;
  private StandbyServer standby;
  private Database database;
  private Replica replica;
  private PostgresUsers users;

  ReplicaTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void startBoth() throws Exception {
    var home = folder.resolve("primary");
    var embedded = PreparedServer.in(home, 60);
    primary = EmbeddedServer.start(embedded);
    new Migrations(settings(primary.url())).migrate();
    primary.close();
    StandbyServer.copy(home.resolve("data"), folder.resolve("standby"));
    primary = EmbeddedServer.start(embedded);
    standby =
        StandbyServer.follow(
            primary.url(),
            primary.user(),
            primary.password(),
            PreparedServer.programs(),
            folder.resolve("standby"));

    database = Database.open(Settings.patient(settings(bothHosts())));
    replica =
        Replica.open(settings(standby.url()), database, OLDEST, new PeriodicTasks(new Outages()));
    users = new PostgresUsers(database, Optional.of(replica));
  }

  @AfterAll
  void stopBoth() throws Exception {
    replica.close();
    database.close();
    standby.close();
    primary.close();
  }

  @Test
  @Order(1)
  void searchesAreReadFromTheStandby() throws SQLException {
    await().atMost(TIMEOUT).until(replica::inUse);
    User user = users.add(Sample.newUser(), Sample.hash("first"));
    await().atMost(TIMEOUT).until(() -> isFound(user));
    long before = scansOfUsers(standby.url());

    await().atMost(TIMEOUT).until(() -> isFound(user) && scansOfUsers(standby.url()) > before);
  }

  @Test
  @Order(1)
  void theConnectionsOfTheStandbyAreCountedOnceItAnswers() throws Exception {
    var counted = new CompletableFuture<ConnectionBudget>();
    replica.whenReached(
        server ->
            counted.complete(
                ConnectionBudget.ofStandby(server, settings(standby.url()), INSTANCES)));

    assertThat(counted.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS).shortfall().orElseThrow())
        .startsWith("6 instances may open 84 connections (14 each), the standby has 5");
  }

  @Test
  @Order(1)
  void aStartOnAServerOfTheWrongKindSaysWhatToName() {
    String standbyAlone = standby.url();
    for (String kind : List.of("any", "secondary")) {
      assertThatThrownBy(() -> start(standbyAlone + "?targetServerType=" + kind))
          .isInstanceOf(DatabaseStartException.class)
          .hasMessageContainingAll("is a standby", "?target_session_attrs=read-write");
    }
    Stream.of(
            standbyAlone + "?targetServerType=primary",
            primary.url() + "?targetServerType=secondary")
        .forEach(
            url ->
                assertThatThrownBy(() -> new Migrations(settings(url)).await(Duration.ofSeconds(1)))
                    .isInstanceOf(DatabaseStartException.class)
                    .hasMessageContainingAll(
                        "no server of", "target_session_attrs", "name the primary"));
    assertThat(start(bothHosts())).isZero();
  }

  @Test
  @Order(2)
  void whatIsFartherBehindThanAgreedIsNotRead() throws SQLException {
    await().atMost(TIMEOUT).until(replica::inUse);
    execute(standby.url(), StandbyServer.PAUSE);
    User user = users.add(Sample.newUser(), Sample.hash("first"));

    // Anyone who signs in or reads one user sees what was just written.
    assertThat(users.find(user.id())).contains(user);
    assertThat(users.findCredentials(user.id())).isPresent();
    assertThat(users.findCredentials(user.email())).isPresent();

    // From the write on, the standby may be read for the agreed time, and no longer.
    await().atMost(OLDEST.plusSeconds(20)).until(() -> isFound(user) && !replica.inUse());

    execute(standby.url(), "SELECT pg_wal_replay_resume()");
    await().atMost(TIMEOUT).until(replica::inUse);
    assertThat(isFound(user)).isTrue();
  }

  @Test
  @Order(3)
  void noSearchFailsWhileTheStandbyIsAway() throws Exception {
    await().atMost(TIMEOUT).until(replica::inUse);
    User user = users.add(Sample.newUser(), Sample.hash("first"));

    try (var log = new Log()) {
      standby.stop();
      for (int search = 0; search < 20; search++) {
        assertThat(users.search(of(Optional.empty()))).isNotEmpty();
      }
      assertThat(isFound(user)).isTrue();
      await().atMost(TIMEOUT).until(() -> !replica.inUse());
      await().atMost(TIMEOUT).until(() -> !log.lines.isEmpty());

      standby.start();
      await().atMost(TIMEOUT).until(replica::inUse);
      await().atMost(TIMEOUT).until(() -> log.lines.contains("Searches are read from the standby"));
      assertThat(log.lines)
          .as("one line when the outage begins, one at its end")
          .containsExactly(
              "The standby is away, promoted or more than 1000 ms behind; the primary is read",
              "Searches are read from the standby");
    }
  }

  /// Outages that reach the listener of all tasks are logged too.
  private static final class Outages implements PeriodicTaskListener {
    private static final Logger log = (Logger) LoggerFactory.getLogger("dev.gatehouse.tasks");

    @Override
    public void outageBegan(String task, Throwable cause) {
      log.warn("Background task {} failed", task, cause);
    }
  }

  /// What an operator sees of the database.
  private static final class Log extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.gatehouse");

    Log() {
      start();
      logger.setLevel(Level.INFO);
      logger.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
        lines.add(event.getFormattedMessage());
      }
    }

    @Override
    public void close() {
      logger.detachAppender(this);
      logger.setLevel(null);
      stop();
    }
  }

  /// The clock of the primary was an hour ahead: what it wrote last bears times that the standby's
  /// clock has not reached when it takes over.
  @Test
  @Order(4)
  void afterAFailoverTheStandbyIsThePrimaryAndNothingAcknowledgedIsLost() throws Exception {
    var revocations = new RecentRevocations(LIFE, System::nanoTime);
    var tasks = new PeriodicTasks(PeriodicTaskListener.NONE);
    try (var feed = RevocationFeed.start(settings(bothHosts()), revocations, LIFE, tasks);
        var changes = new PostgresChangedUsers(settings(bothHosts()))) {
      assertThat(feed.awaitLoaded(TIMEOUT)).isTrue();
      execute(
          primary.url(),
          """
          INSERT INTO revocations (session_id, revoked_at)
          VALUES (gen_random_uuid(), now() + interval '1 hour');
          INSERT INTO user_changes (user_id, changed_at)
          VALUES (gen_random_uuid(), now() + interval '1 hour')
          """);
      await().atMost(TIMEOUT).until(() -> !changed(changes).isEmpty());

      failOver();

      User user = users.add(Sample.newUser(), Sample.hash("first"));
      var sessions = new PostgresSessions(database);
      Session session = Sample.opened(sessions, user.id(), Sample.hash("first"));
      users.update(user.with(Profile.EMPTY));
      assertThat(sessions.end(user.id(), session.id())).isTrue();
      await().atMost(Duration.ofSeconds(2)).until(() -> revocations.contains(session.id()));
      await()
          .atMost(Duration.ofSeconds(2))
          .ignoreExceptions()
          .until(() -> changed(changes).contains(user.id()));
    }
  }

  private static List<UserId> changed(PostgresChangedUsers changes) {
    var found = new ArrayList<UserId>();
    changes.read(LIFE, change -> found.add(change.id()));
    return found;
  }

  private void failOver() throws Exception {
    await().atMost(TIMEOUT).until(replica::inUse);
    User before = users.add(Sample.newUser(), Sample.hash("first"));
    await().atMost(TIMEOUT).until(() -> isFound(before) && replica.inUse());

    primary.close();
    standby.promote();

    var after = new AtomicReference<User>();
    await()
        .atMost(TIMEOUT)
        .ignoreExceptions()
        .until(
            () -> {
              after.set(users.add(Sample.newUser(), Sample.hash("first")));
              return true;
            });
    assertThat(users.find(before.id())).isPresent();
    // What was the standby is not read as one: there is none now.
    assertThat(isFound(Objects.requireNonNull(after.get()))).isTrue();
    await().atMost(TIMEOUT).until(() -> !replica.inUse());
  }

  private boolean isFound(User user) {
    return users.search(of(Optional.of(user.email()))).contains(user);
  }

  private static UserQuery of(Optional<EmailAddress> email) {
    return new UserQuery(email, Optional.empty(), Optional.empty(), 50, Optional.empty());
  }

  private PostgresSettings settings(String url) {
    return PostgresSettings.of(url, primary.user(), primary.password());
  }

  private int start(String url) {
    return new Migrations(settings(url)).migrate();
  }

  private String bothHosts() {
    return primary
        .url()
        .replace(
            "/gatehouse", ",127.0.0.1:" + standby.port() + "/gatehouse?targetServerType=primary");
  }

  private long scansOfUsers(String url) throws SQLException {
    try (var connection = DriverManager.getConnection(url, primary.user(), primary.password());
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT seq_scan + idx_scan FROM pg_stat_user_tables WHERE relname = 'users'")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void execute(String url, String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url, primary.user(), primary.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
