package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.signin.RecentFailures;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.api.Api;
import dev.gatehouse.api.access.BearerAuthenticator;
import dev.gatehouse.api.administration.UserAdministrationResource;
import dev.gatehouse.api.description.DescriptionResource;
import dev.gatehouse.api.description.DocsResource;
import dev.gatehouse.api.health.HealthCheck;
import dev.gatehouse.api.health.HealthResource;
import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.api.profile.OwnAccountResource;
import dev.gatehouse.api.session.SessionsResource;
import dev.gatehouse.api.token.KeysResource;
import dev.gatehouse.api.token.TokensResource;
import dev.gatehouse.api.user.UserDocuments;
import dev.gatehouse.api.user.UsersResource;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.demo.DemoCluster;
import dev.gatehouse.app.lifecycle.Parts;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.app.settings.PasswordConfiguration;
import dev.gatehouse.app.settings.RateLimitConfiguration;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.hashing.Hashing;
import dev.gatehouse.http.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.http.server.HttpSettings;
import dev.gatehouse.postgres.apikey.PostgresApiKeys;
import dev.gatehouse.postgres.audit.PostgresAuditLog;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import dev.gatehouse.postgres.backup.Progress;
import dev.gatehouse.postgres.cleanup.Sweeper;
import dev.gatehouse.postgres.database.Database;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.database.Replica;
import dev.gatehouse.postgres.instance.Heartbeat;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.postgres.registration.PostgresIdempotencyRecords;
import dev.gatehouse.postgres.revocation.RevocationFeed;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.postgres.session.PostgresSignInAddresses;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.resilience.ClusterSize;
import dev.gatehouse.resilience.clock.SharedClock;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.telemetry.Telemetry;
import dev.gatehouse.telemetry.logging.LoggedAuditLog;
import dev.gatehouse.telemetry.logging.LoggedTasks;
import dev.gatehouse.telemetry.metrics.Metrics;
import dev.gatehouse.telemetry.metrics.MetricsResource;
import dev.gatehouse.tokens.TokenSettings;
import dev.gatehouse.tokens.Tokens;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/// The inventory: every part, in the order in which it is started.
public final class ServerWiring implements Launcher {
  private static final Duration PATIENCE_FOR_REVOCATIONS = Duration.ofSeconds(30);
  private static final Duration PATIENCE_FOR_PING = Duration.ofMillis(500);

  /// Less than a new signing key is published ahead of its use.
  private static final Duration KEYS_CACHED = Duration.ofMinutes(5);

  private final SecureRandom random = new SecureRandom();
  private final PeriodicTasks tasks = new PeriodicTasks(new LoggedTasks());
  private final TelemetryPart.Start telemetryStart;

  public ServerWiring(TelemetryPart.Start telemetryStart) {
    this.telemetryStart = telemetryStart;
  }

  @Override
  public Addresses serve(Configuration configuration, Parts parts, Readiness readiness) {
    var clock = SharedClock.system();
    var ids = new TimeOrderedIds(clock, random);
    var tokenSettings = TokenConfiguration.tokens(configuration);
    Duration accessTtl = tokenSettings.accessTtl();

    Telemetry telemetry = telemetryStart.start(configuration, parts, ids.next().toString());
    Metrics metrics = telemetry.metrics();
    metrics.tasks(tasks);
    DatabasePart store = DatabasePart.start(configuration, parts);
    PostgresSettings databaseSettings = store.settings();
    parts.attempt("the schema", () -> new Migrations(databaseSettings).migrate());
    Database database =
        parts.start(
            "the pool",
            () -> Database.open(databaseSettings, metrics.pool(), telemetry.statements(), tasks));
    ClusterSize instances =
        parts.start("the heartbeat", () -> Heartbeat.start(database, ids.next(), clock, tasks));
    metrics.clockOffset(clock::offset);
    Optional<Replica> replica = store.replica(parts, database, tasks);
    var stored = new PostgresUsers(database, replica);
    CachePart cache =
        CachePart.start(configuration, parts, store, stored, telemetry, random, tasks);
    Users users = cache.users().uncached();
    var sessions = new PostgresSessions(database);

    Hashing hashing =
        parts.start(
            "hashing",
            () -> Hashing.start(PasswordConfiguration.hashing(configuration), telemetry.hashing()));
    metrics.hashing().watch(hashing::load);
    PostgresAuditLog storedAudit =
        parts.start(
            "the audit log", () -> PostgresAuditLog.start(database, System::nanoTime, tasks));
    AuditLog audit = new LoggedAuditLog().and(storedAudit);
    Tokens tokens =
        parts.start(
            "the tokens",
            () -> TokenPart.open(configuration, database, clock, ids, random, audit, tasks));
    var revocations = new RecentRevocations(accessTtl, System::nanoTime);
    parts.start(
        "the revocation feed", () -> loaded(databaseSettings, revocations, accessTtl, tasks));
    store.warnWhenConnectionsAreFew(database, replica, instances.count());
    // Multiplied it would be by BigDecimal, whose tables take long to make.
    Duration keptRevocations = accessTtl.plus(accessTtl);
    parts.start("the sweeper", () -> Sweeper.start(database, keptRevocations, clock, tasks));

    var history = new RecentFailures(System::nanoTime, random);
    var limits =
        Limits.of(
            configuration,
            cache.redis(),
            instances,
            metrics.limits(),
            new PostgresSignInAddresses(database),
            history,
            audit,
            random);
    parts.start("the known addresses", () -> limits.remember(database, history, tasks));

    var useCases =
        UseCases.of(
            new UseCases.Needs(
                users,
                sessions,
                new PostgresIdempotencyRecords(database),
                new PostgresApiKeys(database),
                hashing.passwordHasher(),
                PasswordConfiguration.policy(configuration),
                tokens.accessTokens(),
                tokens.refreshTokenChain(),
                TokenConfiguration.sessions(configuration),
                revocations,
                history,
                limits.signIn(),
                tokens.fingerprints(),
                audit,
                metrics.signIns(),
                metrics.registrations(),
                ids,
                new Moments(clock),
                System::nanoTime));
    readiness.require(new HealthCheck("database", PATIENCE_FOR_PING, database::ping));
    readiness.require(new HealthCheck("clock", PATIENCE_FOR_PING, clock::requireRight));
    cache.check().ifPresent(readiness::mention);
    var health = new HealthResource(readiness, tasks::statuses);
    Api api = api(useCases, cache.documents(), tokens, tokenSettings, health, metrics);

    EventLoops loops = parts.start("the event loops", EventLoops::open);
    HttpSettings managementSettings = HttpConfiguration.management(configuration);
    HttpServer management =
        Listening.start(
            parts,
            "the management port",
            configuration,
            HttpConfiguration.MANAGEMENT_PORT,
            () ->
                HttpServer.builder(managementSettings)
                    .time(clock)
                    .routes(health.routes())
                    .routes(new MetricsResource(metrics).routes())
                    .start(loops));
    HttpSettings apiSettings = HttpConfiguration.api(configuration);
    var building =
        telemetry
            .watch(HttpServer.builder(apiSettings).time(clock))
            .routes(api.routes())
            .trustedProxies(RateLimitConfiguration.trustedProxies(configuration))
            .outerFilters(limits.filters())
            .origins(configuration.find(HttpConfiguration.CORS_ORIGINS).orElse(Set.of()))
            .authenticator(
                new BearerAuthenticator(
                    tokens.accessTokens(), revocations, useCases.authenticateApiKey()));
    HttpConfiguration.certificate(configuration)
        .map(files -> parts.start("TLS", () -> files.open(loops, tasks)))
        .ifPresent(building::tls);
    HttpServer server =
        Listening.start(
            parts, "the API", configuration, HttpConfiguration.PORT, () -> building.start(loops));
    metrics.activeConnections(server::activeConnections);
    DiscoveryPart.register(
        configuration,
        parts,
        telemetry,
        readiness,
        server.port(),
        management.port(),
        random,
        tasks);
    String scheme = HttpConfiguration.scheme(configuration);
    return new Addresses(
        HttpConfiguration.address(scheme, configuration, server.port()),
        HttpConfiguration.address("http", configuration, management.port()),
        store.location());
  }

  @Override
  public EdgeAddresses gateway(Configuration configuration, Parts parts, Readiness readiness) {
    return new GatewayWiring(random).start(configuration, parts, readiness);
  }

  @Override
  public String demo(Parts parts) {
    return new DemoCluster(parts, OwnProcess.launch(), random).start();
  }

  @Override
  public int migrate(Configuration configuration, Parts parts, boolean onlyCheck) {
    var migrations = new Migrations(DatabasePart.join(configuration, parts).settings());
    return parts.attempt(
        "the migration", () -> onlyCheck ? migrations.check().size() : migrations.migrate());
  }

  @Override
  public void awaitSchema(Configuration configuration, Parts parts, Duration atMost) {
    new Migrations(DatabasePart.join(configuration, parts).settings()).await(atMost);
  }

  @Override
  public Capacity capacity(Configuration configuration, Parts parts) {
    return CapacityPart.measure(configuration, parts);
  }

  @Override
  public Operations operate(Configuration configuration, Parts parts) {
    return new OperatorWiring(random).start(configuration, parts);
  }

  @Override
  public DatabaseBackup.Written backup(
      Configuration configuration, Parts parts, Path file, Progress progress) throws IOException {
    return new BackupWiring(random).backup(configuration, parts, file, progress);
  }

  @Override
  public DatabaseRestore.Restored restore(
      Configuration configuration,
      Parts parts,
      Path file,
      DatabaseRestore.Options options,
      Progress progress)
      throws IOException {
    return new BackupWiring(random).restore(configuration, parts, file, options, progress);
  }

  private static Api api(
      UseCases useCases,
      UserDocuments documents,
      Tokens tokens,
      TokenSettings settings,
      HealthResource health,
      Metrics metrics) {
    return new Api(
        new UsersResource(
            useCases.registerUser(),
            useCases.registerUserOnce(),
            documents,
            metrics.registrations()),
        new UserAdministrationResource(
            useCases.searchUsers(),
            useCases.getUser(),
            useCases.administerUser(),
            useCases.setPassword()),
        new OwnAccountResource(
            documents,
            useCases.getUser(),
            useCases.updateProfile(),
            useCases.changePassword(),
            useCases.deleteAccount()),
        new SessionsResource(
            useCases.signIn(),
            useCases.refreshSession(),
            useCases.listSessions(),
            useCases.signOut(),
            metrics.signIns()),
        new TokensResource(useCases.introspectToken(), settings.issuer(), settings.audience()),
        new KeysResource(
            () -> tokens.publishedKeys().current().body(), KEYS_CACHED, tokens.discovery().body()),
        health,
        new DescriptionResource(),
        new DocsResource());
  }

  private static RevocationFeed loaded(
      PostgresSettings settings, Revocations revocations, Duration kept, PeriodicTasks tasks)
      throws InterruptedException, TimeoutException {
    var feed = RevocationFeed.start(settings, revocations, kept, tasks);
    if (!feed.awaitLoaded(PATIENCE_FOR_REVOCATIONS)) {
      feed.close();
      throw new TimeoutException("the ended sessions could not be read in time");
    }
    return feed;
  }
}
