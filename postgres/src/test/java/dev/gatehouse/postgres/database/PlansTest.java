package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.apikey.ApiKeySecret;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.NewApiKey;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.flow.CodeTry;
import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.flow.FlowKind;
import dev.gatehouse.accounts.flow.FlowSecrets;
import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.id.ApiKeyId;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.session.Session;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.postgres.Searches;
import dev.gatehouse.postgres.apikey.PostgresApiKeys;
import dev.gatehouse.postgres.cleanup.AuditRetention;
import dev.gatehouse.postgres.cleanup.Sweeper;
import dev.gatehouse.postgres.cleanup.SweeperTest;
import dev.gatehouse.postgres.flow.PostgresFlows;
import dev.gatehouse.postgres.instance.ClockReadings;
import dev.gatehouse.postgres.instance.Heartbeat;
import dev.gatehouse.postgres.migration.AddressCollisions;
import dev.gatehouse.postgres.registration.PostgresIdempotencyRecords;
import dev.gatehouse.postgres.revocation.RevocationFeed;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.session.RecentSignIns;
import dev.gatehouse.postgres.token.PostgresServerKeys;
import dev.gatehouse.postgres.transfer.PostgresUserImports;
import dev.gatehouse.postgres.user.PostgresChangedUsers;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.KeyedCodeHashes;
import dev.gatehouse.testkit.accounts.Sample;
import java.io.IOException;
import java.net.URISyntaxException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No statement reads a whole table: 100,000 users, as many sessions, 50,000 revocations.
final class PlansTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  /// Nothing here is put by a request. Sweeper and feed work over ranges, for which a plan that
  /// knows no values says nothing; they are run for real below. Server keys, instances and imports
  /// are a handful. Collisions of addresses are looked for once, by a migration.
  static final Set<Class<?>> BACKGROUND =
      Set.of(
          Sweeper.class,
          AuditRetention.class,
          RevocationFeed.class,
          PostgresChangedUsers.class,
          PostgresServerKeys.class,
          ReplicationWatch.class,
          ConnectionBudget.class,
          PostgresUserImports.class,
          ClockReadings.class,
          Heartbeat.class,
          DatabaseEpoch.class,
          ServerGuard.class,
          AddressCollisions.class);

  @BeforeAll
  static void fill() throws SQLException {
    execute(
        """
        INSERT INTO users
        SELECT uuidv7(interval '1 ms' * n), 'User' || n || '@example.org',
          'user' || n || '@example.org', 'User ' || n, true,
          CASE WHEN n % 50 = 0 THEN 'disabled' ELSE 'active' END, '{}', 'hash$' || n, 1, now(), now()
        FROM generate_series(1, 100000) AS n
        """);
    execute(
        """
        SET session_replication_role = replica;
        INSERT INTO sessions
        SELECT uuidv7(), id, sha256(id::text::bytea), 0, '{}', now(), now(),
          now() + interval '1 day', now() + interval '90 days', 'agent', '192.0.2.1',
          CURRENT_DATE + 2
        FROM users
        """);
    execute(
        """
        INSERT INTO revocations (session_id, revoked_at)
        SELECT uuidv7(), now() - n * interval '1 s' FROM generate_series(1, 50000) AS n
        """);
    execute(
        """
        INSERT INTO user_changes (changed_at, user_id, version)
        SELECT now() - n * interval '2 s', uuidv7(), n FROM generate_series(1, 50000) AS n
        """);
    execute(
        """
        INSERT INTO audit_events (recorded_at, event, actor, subject, ip, request_id)
        SELECT now() - interval '90 days' + n * interval '1 s' - interval '100 s',
          'sign_in_failed', 'anonymous', 'address:' || n, '192.0.2.1', 'request'
        FROM generate_series(1, 50000) AS n
        """);
    execute(
        """
        INSERT INTO registrations
        SELECT 'key' || n, 'request' || n, uuidv7(), now() - n * interval '10 s'
        FROM generate_series(1, 20000) AS n
        """);
    execute(
        """
        INSERT INTO api_keys (id, name, secret_hash, scopes, created_at)
        SELECT id, 'key', sha256(id::text::bytea), '{introspect}', now()
        FROM (SELECT uuidv7() AS id FROM generate_series(1, 20000)) AS keys
        """);
    execute(
        """
        INSERT INTO flows
        SELECT uuidv7(), 'sign_in', email, email_compared, id, sha256('code'), sha256('token'),
          NULL, 0, now() - interval '2 days' + n * interval '15 s',
          now() - interval '2 days' + n * interval '15 s', NULL
        FROM (SELECT *, row_number() OVER (ORDER BY id) AS n FROM users LIMIT 20000) AS owners
        """);
    execute(
        """
        INSERT INTO code_failures
        SELECT email_canonical, 20, now() - interval '1 day', now() - interval '1 day'
        FROM flows
        """);
    execute("ANALYZE");
  }

  /// Every statement that requests put.
  static List<Sql> statements()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    List<Sql> found = SqlConstants.outside(BACKGROUND);
    assertThat(found).hasSizeGreaterThanOrEqualTo(15);
    return found;
  }

  @ParameterizedTest
  @MethodSource("statements")
  void usesAnIndex(Sql statement) throws SQLException {
    assertThat(plan(statement.text())).doesNotContain("Seq Scan");
  }

  @Test
  void wouldNoticeASequentialScan() throws SQLException {
    assertThat(plan("SELECT id FROM users WHERE email = ?")).contains("Seq Scan");
  }

  /// The plans above are the general ones; here the server's own counters tell what was done for
  /// real values.
  @Test
  void neverReadsAWholeTable() throws Exception {
    long before = sequentialScans();
    long beforeOfFeeds = sequentialScansOfFeeds();
    try (var database = Database.open(DATABASE.settings())) {
      var users = new PostgresUsers(database);
      var sessions = new PostgresSessions(database);
      var keys = new PostgresApiKeys(database);
      for (int n = 1; n <= 20; n++) {
        useEveryMethod(users, sessions);
        useEveryMethod(new PostgresIdempotencyRecords(database), "key" + n);
        useEveryMethod(keys);
        useEveryMethod(new PostgresFlows(database), users, sessions);
        searchInEveryWay(users);
        UserId known = idOf(n);
        users.find(known);
        users.findCredentials(EmailAddress.parse("USER" + n + "@example.org"));
        assertThat(sessions.list(known)).hasSize(1);
        assertThat(sessions.endAll(known)).hasSize(1);
      }
      assertThat(
              Sweeper.sweep(
                  database, SweeperTest.all(Duration.ofHours(13)), InstantSource.system()))
          .isPositive();
    }
    readRecentSignIns();
    try (var feed =
        RevocationFeed.start(
            DATABASE.settings(),
            new RecentRevocations(Duration.ofHours(1), System::nanoTime),
            Duration.ofMinutes(5),
            new PeriodicTasks(PeriodicTaskListener.NONE))) {
      assertThat(feed.awaitLoaded(Duration.ofSeconds(20))).isTrue();
    }
    try (var changes = new PostgresChangedUsers(DATABASE.settings())) {
      var count = new AtomicInteger();
      changes.read(Duration.ofMinutes(6), _ -> count.incrementAndGet());
      assertThat(count.get()).isBetween(5_000, 15_000);
      for (int reading = 0; reading < 20; reading++) {
        changes.read(Duration.ofMinutes(6), _ -> count.incrementAndGet());
      }
    }
    // The pool's connections are gone, and a connection reports its counters before it goes.
    assertThat(sequentialScans()).isEqualTo(before);
    // Each of the two feeds may read all there is once, at its start.
    assertThat(sequentialScansOfFeeds() - beforeOfFeeds).isLessThanOrEqualTo(2);
  }

  private static void readRecentSignIns() {
    var count = new AtomicInteger();
    try (var database = Database.open(DATABASE.settings());
        var _ =
            RecentSignIns.read(
                database,
                (_, _) -> count.incrementAndGet(),
                new PeriodicTasks(PeriodicTaskListener.NONE))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> count.get() >= 1_000);
    }
  }

  private static void useEveryMethod(PostgresIdempotencyRecords registrations, String key) {
    UserId claimant = Sample.user().id();
    Duration lease = Duration.ofMinutes(1);
    registrations.find(key, lease);
    registrations.claim(key, claimant, lease, lease);
    registrations.takeOver(key, claimant, lease, lease);
    registrations.takeOver("new " + key, claimant, lease, lease);
    registrations.release("new " + key, claimant);
  }

  private static void useEveryMethod(PostgresUsers users, PostgresSessions sessions) {
    PasswordHash hash = Sample.hash("one");
    User user = users.add(Sample.newUser(), hash);
    users.isTaken(user.email());
    users.findCredentials(user.id());
    users.update(user.with(Profile.EMPTY));
    NewSession session = Sample.session(user.id());
    RefreshToken token = Sample.token(session);
    assertThat(sessions.open(session, Sample.LIFETIME, token, hash)).isPresent();
    Session other = Sample.opened(sessions, user.id(), hash);
    assertThat(sessions.find(session.id())).isPresent();
    PasswordHash next = Sample.hash("two");
    List<SessionId> ended = users.changePassword(user.id(), hash, next, Optional.of(session.id()));
    assertThat(ended).containsExactly(other.id());
    users.rehash(user.id(), next, hash);
    for (int use = 0; use < 2; use++) {
      sessions.rotate(token, Sample.token(session), Duration.ofDays(1), Duration.ofMinutes(1));
    }
    assertThat(sessions.end(user.id(), session.id())).isTrue();
    users.remove(user.id());
  }

  private static void useEveryMethod(
      PostgresFlows flows, PostgresUsers users, PostgresSessions sessions) {
    User user = users.add(Sample.newUser(), Sample.hash("one"));
    for (boolean known : new boolean[] {true, false}) {
      FlowId id = begun(flows, user, known);
      assertThat(flows.find(id)).isPresent();
      flows.spendTry(id);
      flows.giveBack(id);
      for (int tries = 0; tries <= Flows.TRIES; tries++) {
        flows.spendTry(id);
      }
      assertThat(flows.complete(id, new FlowEffect.VerifyEmail())).isPresent();
    }
    assertThat(flows.complete(begun(flows, user, true), new FlowEffect.ChangeEmail())).isPresent();
    FlowId undo = begun(flows, user, true);
    flows.complete(undo, new FlowEffect.UndoEmailChange(Sample.hash("one")));
    for (int flow = 0; flow < 5; flow++) {
      FlowId id = begun(flows, user, true);
      for (int tries = 0; tries < Flows.TRIES; tries++) {
        flows.spendTry(id);
      }
    }
    Sample.opened(sessions, user.id(), Sample.hash("one"));
    FlowId reset = begun(flows, user, false);
    assertThat(flows.spendTry(reset)).isInstanceOf(CodeTry.Counted.class);
    assertThat(flows.complete(reset, new FlowEffect.ResetPassword(Sample.hash("two")))).isPresent();
    users.remove(user.id());
  }

  private static FlowId begun(PostgresFlows flows, User user, boolean known) {
    var id = new FlowId(Sample.id());
    FlowKind kind = FlowKind.RESET_PASSWORD;
    FlowSecrets secrets = FlowSecrets.random(kind, new SecureRandom());
    Optional<UserId> owner = known ? Optional.of(user.id()) : Optional.empty();
    flows.begin(NewFlow.of(id, kind, user.email(), owner, secrets, new KeyedCodeHashes()));
    return id;
  }

  private static void useEveryMethod(PostgresApiKeys keys) {
    ApiKeySecret secret = Sample.apiKeySecret();
    var id = new ApiKeyId(Sample.id());
    keys.add(new NewApiKey(id, "name", Set.of(Scope.USERS_READ)), secret, Expiry.NEVER);
    assertThat(keys.findLive(secret)).isPresent();
    assertThat(keys.touch(id)).isTrue();
    assertThat(keys.list()).hasSize(ApiKeys.MOST_LISTED);
    assertThat(keys.revoke(id)).isTrue();
  }

  private static void searchInEveryWay(PostgresUsers users) {
    var search = new SearchUsers(users);
    for (UserQuery query : Searches.all()) {
      SearchUsers.Page page = search.page(query);
      assertThat(page.users()).as(query.toString()).isNotEmpty();
      Searches.next(query, page).ifPresent(search::page);
    }
  }

  private static UserId idOf(int n) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement =
            connection.prepareStatement("SELECT id FROM users WHERE email_compared = ?")) {
      statement.setString(1, "user" + n + "@example.org");
      try (var row = statement.executeQuery()) {
        row.next();
        return new UserId(row.getObject(1, UUID.class));
      }
    }
  }

  private static long sequentialScans() throws SQLException {
    return Long.parseLong(
        text(
            """
            SELECT sum(seq_scan) FROM pg_stat_user_tables
            WHERE relname NOT IN ('flyway_schema_history', 'revocations', 'user_changes')
            """));
  }

  private static long sequentialScansOfFeeds() throws SQLException {
    return Long.parseLong(
        text(
            """
            SELECT sum(seq_scan) FROM pg_stat_user_tables
            WHERE relname IN ('revocations', 'user_changes')
            """));
  }

  private static String plan(String statement) throws SQLException {
    String numbered = statement;
    for (int place = 1; numbered.contains("?"); place++) {
      numbered = numbered.replaceFirst("\\?", "\\$" + place);
    }
    // In the simple protocol the numbers reach the server as they stand.
    return text("EXPLAIN (GENERIC_PLAN, FORMAT JSON) " + numbered);
  }

  private static String text(String query) throws SQLException {
    try (var connection = DATABASE.connectSimply();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var text = new StringBuilder();
      while (rows.next()) {
        text.append(rows.getString(1)).append('\n');
      }
      return text.toString().strip();
    }
  }

  private static void execute(String sql) throws SQLException {
    try (var connection = DATABASE.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
