package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.profile.ChangePassword;
import dev.gatehouse.accounts.profile.DeleteAccount;
import dev.gatehouse.accounts.profile.UpdateProfile;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegisterUserOnce;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.session.ListSessions;
import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.session.SignOut;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.signin.RecentFailures;
import dev.gatehouse.accounts.signin.RefreshSession;
import dev.gatehouse.accounts.signin.SignIn;
import dev.gatehouse.accounts.signin.SignInLimits;
import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.testkit.ManualTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// All use cases on one store, with twins for everything else.
public final class UseCases {
  private static final Duration ACCESS_TTL = Duration.ofMinutes(5);

  public final ManualTime time = ManualTime.atNoon();
  public final InMemoryHasher hasher = new InMemoryHasher();
  public final InMemoryAccessTokens tokens = new InMemoryAccessTokens(ACCESS_TTL, time);
  public final InMemoryRefreshTokenChain chain = new InMemoryRefreshTokenChain();
  public final InMemoryFingerprints fingerprints = new InMemoryFingerprints();
  public final InMemoryAuditLog audit = new InMemoryAuditLog();
  public final RecentRevocations revocations = new RecentRevocations(ACCESS_TTL, System::nanoTime);

  /// What the use cases reported, in order.
  public final List<RegistrationListener.Result> registrationResults = new CopyOnWriteArrayList<>();

  /// What the use cases reported, in order.
  public final List<SignInListener.Result> signInResults = new CopyOnWriteArrayList<>();

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
    var moments = new Moments(time);
    Ids ids = new TimeOrderedIds(time, random);
    var policy = new PasswordPolicy(8, "password1"::equals);
    var lifetime = new SessionLifetime(Duration.ofDays(30), Duration.ofDays(90));
    registerUser =
        new RegisterUser(users, hasher, policy, audit, ids, moments, registrationResults::add);
    registerUserOnce = new RegisterUserOnce(registerUser, registrations, fingerprints, moments);
    var history = new RecentFailures(time::nanoTime, random);
    authenticate = new Authenticate(users, hasher, history, SignInLimits.NONE, fingerprints, audit);
    signIn =
        new SignIn(
            authenticate,
            sessions,
            tokens,
            chain,
            lifetime,
            audit,
            ids,
            moments,
            signInResults::add);
    refreshSession =
        new RefreshSession(sessions, tokens, chain, revocations, lifetime, audit, moments);
    listSessions = new ListSessions(sessions, moments);
    signOut = new SignOut(sessions, revocations, audit, moments);
    getUser = new GetUser(users);
    updateProfile = new UpdateProfile(users, authenticate, audit, moments);
    changePassword =
        new ChangePassword(users, authenticate, hasher, policy, revocations, audit, moments);
    setPassword = new SetPassword(users, hasher, policy, revocations, audit, moments);
    deleteAccount = new DeleteAccount(users, authenticate, revocations, audit, moments);
  }

  /// Registers someone with an address no one has.
  public User registered(String password) {
    return register(Sample.email(), password, Optional.of("Zoë Ångström"));
  }

  /// Registers.
  public User register(String email, String password, Optional<String> displayName) {
    return registerUser.register(
        new RegisterUser.RegistrationRequest(email, password, displayName), Sample.ORIGIN);
  }
}
