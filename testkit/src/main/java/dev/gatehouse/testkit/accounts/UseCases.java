package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.administration.AdministrationUseCases;
import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.profile.ChangePassword;
import dev.gatehouse.accounts.profile.DeleteAccount;
import dev.gatehouse.accounts.profile.ProfileUseCases;
import dev.gatehouse.accounts.profile.UpdateProfile;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegisterUserOnce;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.registration.RegistrationMode;
import dev.gatehouse.accounts.registration.RegistrationUseCases;
import dev.gatehouse.accounts.session.ListSessions;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.SessionUseCases;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.session.SignOut;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.signin.RecentFailures;
import dev.gatehouse.accounts.signin.RefreshSession;
import dev.gatehouse.accounts.signin.SessionTokens;
import dev.gatehouse.accounts.signin.SignIn;
import dev.gatehouse.accounts.signin.SignInLimits;
import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.accounts.signin.SignInUseCases;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.testkit.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// All use cases on one store, with in-memory implementations of the other ports.
public final class UseCases {
  private static final Duration ACCESS_TTL = Duration.ofMinutes(5);

  public final ManualTime time = ManualTime.atNoon();
  public final InMemoryHasher hasher = new InMemoryHasher();
  public final InMemoryAccessTokens tokens = new InMemoryAccessTokens(ACCESS_TTL, time);
  public final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();
  public final InMemoryFingerprints fingerprints = new InMemoryFingerprints();
  public final InMemoryAuditLog audit = new InMemoryAuditLog();
  public final RecentRevocations revocations = new RecentRevocations(ACCESS_TTL, System::nanoTime);

  /// The reported results, in order.
  public final List<RegistrationListener.Result> registrationResults = new CopyOnWriteArrayList<>();

  /// The reported results, in order.
  public final List<SignInListener.Result> signInResults = new CopyOnWriteArrayList<>();

  /// Who may register.
  public volatile RegistrationMode registrationMode = RegistrationMode.OPEN;

  public final RegisterUser registerUser;
  public final RegisterUserOnce registerUserOnce;
  public final Authenticate authenticate;
  public final SignIn signIn;
  public final RefreshSession refreshSession;
  public final ListSessions listSessions;
  public final SignOut signOut;
  public final GetUser getUser;
  public final UpdateProfile updateProfile;
  public final ChangePassword changePassword;
  public final SetPassword setPassword;
  public final DeleteAccount deleteAccount;

  /// The use cases on this store.
  public UseCases(Users users, Sessions sessions, IdempotencyRecords registrations) {
    var random = new SecureRandom();
    Ids ids = new TimeOrderedIds(time, random);
    var policy = new PasswordPolicy(8, "password1"::equals);
    var lifetime = new SessionLifetime(Duration.ofDays(30), Duration.ofDays(90));
    var environment = new Environment(audit, ids, time);
    var passwords = new Passwords(hasher, policy);
    var registration =
        RegistrationUseCases.over(
            users,
            registrations,
            passwords,
            fingerprints,
            environment,
            registrationResults::add,
            () -> registrationMode);
    registerUser = registration.register();
    registerUserOnce = registration.registerOnce();
    var history = new RecentFailures(time::nanoTime, random);
    authenticate = new Authenticate(users, hasher, history, SignInLimits.NONE, fingerprints, audit);
    var sessionTokens = new SessionTokens(tokens, chain, lifetime);
    var signingIn =
        SignInUseCases.over(
            authenticate, sessions, revocations, sessionTokens, environment, signInResults::add);
    signIn = signingIn.signIn();
    refreshSession = signingIn.refresh();
    var ownSessions = SessionUseCases.over(sessions, revocations, environment);
    listSessions = ownSessions.list();
    signOut = ownSessions.signOut();
    var profile = ProfileUseCases.over(users, authenticate, passwords, revocations, environment);
    getUser = profile.get();
    updateProfile = profile.update();
    changePassword = profile.changePassword();
    deleteAccount = profile.delete();
    setPassword =
        AdministrationUseCases.over(users, sessions, passwords, revocations, environment)
            .setPassword();
  }

  /// Registers a user with an unused address.
  public User registered(String password) {
    return register(Sample.email(), password, Optional.of("Zoë Ångström"));
  }

  /// Registers a user.
  public User register(String email, String password, Optional<String> displayName) {
    return registerUser.register(
        new RegisterUser.RegistrationRequest(
            email, password, ProfileInput.of(Profile.Field.DISPLAY_NAME, displayName)),
        Sample.ORIGIN);
  }
}
