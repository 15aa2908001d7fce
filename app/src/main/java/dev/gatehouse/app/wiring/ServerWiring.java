package dev.gatehouse.app.wiring;

import dev.gatehouse.api.access.BearerAuthenticator;
import dev.gatehouse.api.description.DescriptionResource;
import dev.gatehouse.api.description.DocsResource;
import dev.gatehouse.api.health.HealthResource;
import dev.gatehouse.api.health.Readiness;
import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.demo.DemoCluster;
import dev.gatehouse.app.lifecycle.Lifecycle;
import dev.gatehouse.app.settings.HttpConfiguration;
import dev.gatehouse.postgres.backup.DatabaseBackup;
import dev.gatehouse.postgres.backup.DatabaseRestore;
import dev.gatehouse.postgres.backup.Progress;
import dev.gatehouse.postgres.migration.Migrations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;

/// Runs each command of the program. `serve` is the inventory: every part of an instance, in the
/// order in which it is started.
public final class ServerWiring implements Launcher {
  private final SecureRandom random = new SecureRandom();
  private final TelemetryPart.Start telemetryStart;

  public ServerWiring(TelemetryPart.Start telemetryStart) {
    this.telemetryStart = telemetryStart;
  }

  @Override
  public Addresses serve(Configuration configuration, Lifecycle lifecycle, Readiness readiness) {
    var platform =
        ServingPlatform.start(configuration, lifecycle, readiness, random, telemetryStart);
    var base = platform.base();
    var cache = CachePart.start(platform);
    DatabasePositionPart.start(platform, cache.redis());
    var users = cache.users().uncached();
    var documents = cache.documents();
    var passwords = PasswordPart.start(platform);
    var sessions = SessionPart.start(platform);
    var tokens = TokenPart.start(base, sessions.revocations());
    var limits = LimitPart.start(platform, cache.redis());
    var signIn = SignInPart.start(platform, users, passwords, sessions, tokens, limits);
    var health = new HealthResource(readiness, base.tasks()::statuses);
    List<Part> features =
        List.of(
            cache,
            sessions,
            limits,
            RegistrationPart.start(platform, users, documents, passwords, tokens),
            AdministrationPart.start(platform, users, passwords, sessions),
            new FlowPart(),
            ProfilePart.start(platform, users, documents, passwords, sessions, signIn),
            signIn,
            tokens,
            health::routes,
            new DescriptionResource()::routes,
            new DocsResource()::routes);
    base.sweep(features.stream().flatMap(part -> part.cleanups().stream()));
    platform.warnWhenConnectionsAreFew();
    var authenticator =
        new BearerAuthenticator(
            tokens.tokens().accessTokens(), sessions.revocations(), ApiKeyPart.start(base));
    var servers = Servers.start(platform, features, health, authenticator);
    DiscoveryPart.register(platform, servers);
    String scheme = HttpConfiguration.scheme(configuration);
    return new Addresses(
        HttpConfiguration.address(scheme, configuration, servers.api().port()),
        HttpConfiguration.address("http", configuration, servers.management().port()),
        base.store().location());
  }

  @Override
  public EdgeAddresses gateway(
      Configuration configuration, Lifecycle lifecycle, Readiness readiness) {
    return new GatewayWiring(random).start(configuration, lifecycle, readiness);
  }

  @Override
  public String demo(Lifecycle lifecycle) {
    return new DemoCluster(lifecycle, OwnProcess.launch(), random).start();
  }

  @Override
  public int migrate(Configuration configuration, Lifecycle lifecycle, boolean onlyCheck) {
    var migrations = new Migrations(DatabasePart.join(configuration, lifecycle).settings());
    return lifecycle.attempt(
        "the migration", () -> onlyCheck ? migrations.check().size() : migrations.migrate());
  }

  @Override
  public void awaitSchema(Configuration configuration, Lifecycle lifecycle, Duration atMost) {
    new Migrations(DatabasePart.join(configuration, lifecycle).settings()).await(atMost);
  }

  @Override
  public Capacity capacity(Configuration configuration, Lifecycle lifecycle) {
    return CapacityPart.measure(configuration, lifecycle);
  }

  @Override
  public Operations operate(Configuration configuration, Lifecycle lifecycle) {
    return OperatorWiring.start(configuration, lifecycle, random);
  }

  @Override
  public DatabaseBackup.Written backup(
      Configuration configuration, Lifecycle lifecycle, Path file, Progress progress)
      throws IOException {
    return new BackupWiring(random).backup(configuration, lifecycle, file, progress);
  }

  @Override
  public DatabaseRestore.Restored restore(
      Configuration configuration,
      Lifecycle lifecycle,
      Path file,
      DatabaseRestore.Options options,
      Progress progress)
      throws IOException {
    return new BackupWiring(random).restore(configuration, lifecycle, file, options, progress);
  }
}
