package dev.gatehouse.api.user;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.administration.AdministrationUseCases;
import dev.gatehouse.accounts.apikey.ApiKeyUseCases;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.accounts.apikey.CreateApiKey;
import dev.gatehouse.accounts.apikey.Expiry;
import dev.gatehouse.accounts.apikey.Scope;
import dev.gatehouse.accounts.audit.Actor;
import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.profile.ProfileUseCases;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.registration.RegistrationUseCases;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.SessionUseCases;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.signin.FailedSignIns;
import dev.gatehouse.accounts.signin.SessionTokens;
import dev.gatehouse.accounts.signin.SignInAddresses;
import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.accounts.signin.SignInUseCases;
import dev.gatehouse.accounts.token.IntrospectToken;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.api.InjectedFaults;
import dev.gatehouse.api.Resource;
import dev.gatehouse.api.TestTokens;
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
import dev.gatehouse.api.walk.Operator;
import dev.gatehouse.http.HttpSettings;
import dev.gatehouse.http.OutcomeListener;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.address.AddressRange;
import dev.gatehouse.http.address.TrustedProxies;
import dev.gatehouse.http.eventloop.EventLoops;
import dev.gatehouse.http.server.HttpServer;
import dev.gatehouse.limits.AccountLimits;
import dev.gatehouse.limits.BucketStore;
import dev.gatehouse.limits.LimitListener;
import dev.gatehouse.limits.RateLimitFilter;
import dev.gatehouse.limits.RateLimitSettings;
import dev.gatehouse.limits.RateLimits;
import dev.gatehouse.limits.RefusalRecord;
import dev.gatehouse.testkit.accounts.InMemoryAccounts;
import dev.gatehouse.testkit.accounts.InMemoryApiKeys;
import dev.gatehouse.testkit.accounts.InMemoryAuditLog;
import dev.gatehouse.testkit.accounts.InMemoryFingerprints;
import dev.gatehouse.testkit.accounts.InMemoryHasher;
import dev.gatehouse.testkit.accounts.InMemoryRefreshTokenChain;
import dev.gatehouse.testkit.accounts.Sample;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// The whole API on the real server, over stores in memory.
public final class TestService implements AutoCloseable, Operator {
  private static final String ISSUER = "https://accounts.example";

  /// A dependency that hangs is waited for so long.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

  public final InjectedFaults faults = new InjectedFaults();
  public final Users users;
  public final IdempotencyRecords registrations;
  final InMemoryAuditLog audit = new InMemoryAuditLog();

  /// Every resource, the pages left out.
  public final List<Resource> described;

  /// The pages, which `openapi.yaml` leaves out.
  public final List<Resource> pages = List.of(new DocsResource());

  private final CreateApiKey createApiKey;
  private final AdministerUser administerUser;

  private final EventLoops loops = EventLoops.open(1);
  private final HttpServer server;

  public TestService() {
    this(0);
  }

  TestService(int port) {
    this(port, Optional.empty(), REQUEST_TIMEOUT);
  }

  /// Believes callers which address they come from.
  ///
  /// @param buckets where the limits keep theirs; without one they refuse only on demand
  /// @param requestTimeout the time for a request
  public TestService(int port, Optional<BucketStore> buckets, Duration requestTimeout) {
    var time = InstantSource.system();
    var random = new SecureRandom();
    var accounts = new InMemoryAccounts();
    users = accounts.users();
    var guardedUsers = faults.before(Users.class, users);
    var sessions = faults.before(Sessions.class, accounts.sessions());
    var hasher = faults.before(PasswordHasher.class, new InMemoryHasher());
    var tokens = new TestTokens(ISSUER, time);
    var revocations = new RecentRevocations(TestTokens.LIFE, System::nanoTime);
    var ids = new TimeOrderedIds(time, random);
    var environment = new Environment(audit, ids, time);
    var chain = new InMemoryRefreshTokenChain();
    var passwords = new Passwords(hasher, new PasswordPolicy(8, "password1"::equals));
    var lifetime = new SessionLifetime(Duration.ofDays(30), Duration.ofDays(90));
    var limits =
        new RateLimits(
            RateLimitSettings.defaults(), buckets.orElse(_ -> faults::decide), LimitListener.NONE);
    var refusals = new RefusalRecord(audit, System::nanoTime);
    var authenticate =
        new Authenticate(
            guardedUsers,
            hasher,
            FailedSignIns.NONE,
            new AccountLimits(
                limits, SignInAddresses.NONE, (_, _) -> {}, random, refusals, System::nanoTime),
            new InMemoryFingerprints(),
            audit);
    registrations = accounts.registrations();
    var registration =
        RegistrationUseCases.over(
            guardedUsers,
            faults.before(IdempotencyRecords.class, registrations),
            passwords,
            new InMemoryFingerprints(),
            environment,
            RegistrationListener.NONE,
            faults::registration);
    var profile =
        ProfileUseCases.over(guardedUsers, authenticate, passwords, revocations, environment);
    var documents =
        new UserDocuments(id -> guardedUsers.find(id).map(UserDocument::of), _ -> Optional.empty());
    var keys = new InMemoryApiKeys();
    createApiKey = ApiKeyUseCases.over(keys, environment, random).create();
    var administration =
        AdministrationUseCases.over(guardedUsers, sessions, passwords, revocations, environment);
    administerUser = administration.administer();
    var ownSessions = SessionUseCases.over(sessions, revocations, environment);
    var signIns =
        SignInUseCases.over(
            authenticate,
            sessions,
            revocations,
            new SessionTokens(tokens, chain, lifetime),
            environment,
            SignInListener.NONE);

    described =
        List.of(
            new UsersResource(
                registration.register(),
                registration.registerOnce(),
                documents,
                OutcomeListener.NONE),
            new UserAdministrationResource(
                administration.search(),
                administration.get(),
                administration.administer(),
                administration.setPassword()),
            new OwnAccountResource(
                documents,
                profile.get(),
                profile.update(),
                profile.changePassword(),
                profile.delete()),
            new SessionsResource(
                signIns.signIn(),
                signIns.refresh(),
                ownSessions.list(),
                ownSessions.signOut(),
                OutcomeListener.NONE),
            new TokensResource(new IntrospectToken(tokens, revocations), ISSUER, "gatehouse"),
            new KeysResource(tokens::jwks, Duration.ofMinutes(5), discovery()),
            new HealthResource(readiness(), faults::tasks),
            new DescriptionResource());
    server =
        HttpServer.builder(settings(port, requestTimeout))
            .routes(routes())
            .trustedProxies(new TrustedProxies(AddressRange.parse("127.0.0.1").stream().toList()))
            .outerFilters(List.of(new RateLimitFilter(limits, refusals)))
            .authenticator(
                new BearerAuthenticator(
                    tokens,
                    revocations,
                    new AuthenticateApiKey(faults.before(ApiKeys.class, keys), System::nanoTime)))
            .start(loops);
  }

  /// All that is served.
  public List<Route> routes() {
    return Stream.of(described, pages)
        .flatMap(List::stream)
        .flatMap(resource -> resource.routes().stream())
        .toList();
  }

  public URI base() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void makeAdministrator(String userId) {
    var id = new UserId(UUID.fromString(userId));
    administerUser.change(
        id,
        OptionalLong.empty(),
        _ -> UserChange.of(Set.of(Role.ADMIN)),
        Actor.OPERATOR,
        Sample.ORIGIN);
  }

  @Override
  public String createKey(String scope) {
    return createApiKey
        .create("test", Set.of(Scope.parse(scope)), Expiry.NEVER, Actor.OPERATOR, Sample.ORIGIN)
        .secret()
        .encoded();
  }

  /// On a clock that leaps, so that every request finds out again.
  private Readiness readiness() {
    var nanos = new AtomicLong();
    var database = new HealthCheck("database", Duration.ofSeconds(5), faults::requireReady);
    var readiness = new Readiness(() -> nanos.addAndGet(2_000_000_000));
    readiness.require(database);
    readiness.open();
    return readiness;
  }

  private static byte[] discovery() {
    return """
    {"issuer":"%1$s","jwks_uri":"%1$s/.well-known/jwks.json",
    "introspection_endpoint":"%1$s/v1/tokens/introspect",
    "introspection_endpoint_auth_methods_supported":["client_secret_basic"]}"""
        .formatted(ISSUER)
        .getBytes(UTF_8);
  }

  private static HttpSettings settings(int port, Duration requestTimeout) {
    HttpSettings defaults = HttpSettings.defaults();
    return new HttpSettings(
        "127.0.0.1",
        port,
        defaults.headerTimeout(),
        requestTimeout,
        defaults.idleTimeout(),
        defaults.maxBody(),
        defaults.maxConnections(),
        Duration.ofSeconds(1));
  }

  @Override
  public void close() {
    server.close();
    loops.close();
  }
}
