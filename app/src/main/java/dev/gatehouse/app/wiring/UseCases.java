package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.administration.AdministerUser;
import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.administration.SetPassword;
import dev.gatehouse.accounts.apikey.ApiKeys;
import dev.gatehouse.accounts.apikey.AuthenticateApiKey;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.id.Fingerprints;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.Moments;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.profile.ChangePassword;
import dev.gatehouse.accounts.profile.DeleteAccount;
import dev.gatehouse.accounts.profile.UpdateProfile;
import dev.gatehouse.accounts.registration.IdempotencyRecords;
import dev.gatehouse.accounts.registration.RegisterUser;
import dev.gatehouse.accounts.registration.RegisterUserOnce;
import dev.gatehouse.accounts.registration.RegistrationListener;
import dev.gatehouse.accounts.session.ListSessions;
import dev.gatehouse.accounts.session.RefreshTokenChain;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.SessionLifetime;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.session.SignOut;
import dev.gatehouse.accounts.signin.Authenticate;
import dev.gatehouse.accounts.signin.FailedSignIns;
import dev.gatehouse.accounts.signin.RefreshSession;
import dev.gatehouse.accounts.signin.SignIn;
import dev.gatehouse.accounts.signin.SignInLimits;
import dev.gatehouse.accounts.signin.SignInListener;
import dev.gatehouse.accounts.token.AccessTokens;
import dev.gatehouse.accounts.token.IntrospectToken;
import dev.gatehouse.accounts.user.GetUser;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.Users;
import java.util.function.LongSupplier;

/// What Gatehouse can do, joined to what it does it with.
record UseCases(
    RegisterUser registerUser,
    RegisterUserOnce registerUserOnce,
    SignIn signIn,
    RefreshSession refreshSession,
    ListSessions listSessions,
    SignOut signOut,
    GetUser getUser,
    UpdateProfile updateProfile,
    ChangePassword changePassword,
    DeleteAccount deleteAccount,
    SearchUsers searchUsers,
    AdministerUser administerUser,
    SetPassword setPassword,
    AuthenticateApiKey authenticateApiKey,
    IntrospectToken introspectToken) {

  /// What the use cases need.
  record Needs(
      Users users,
      Sessions sessions,
      IdempotencyRecords registrations,
      ApiKeys apiKeys,
      PasswordHasher hasher,
      PasswordPolicy policy,
      AccessTokens accessTokens,
      RefreshTokenChain refreshTokens,
      SessionLifetime lifetime,
      Revocations revocations,
      FailedSignIns history,
      SignInLimits limits,
      Fingerprints fingerprints,
      AuditLog audit,
      SignInListener signIns,
      RegistrationListener registering,
      Ids ids,
      Moments moments,
      LongSupplier nanos) {}

  static UseCases of(Needs with) {
    var moments = with.moments();
    var audit = with.audit();
    var authenticate =
        new Authenticate(
            with.users(), with.hasher(), with.history(), with.limits(), with.fingerprints(), audit);
    var registerUser =
        new RegisterUser(
            with.users(),
            with.hasher(),
            with.policy(),
            audit,
            with.ids(),
            moments,
            with.registering());
    return new UseCases(
        registerUser,
        new RegisterUserOnce(registerUser, with.registrations(), with.fingerprints(), moments),
        new SignIn(
            authenticate,
            with.sessions(),
            with.accessTokens(),
            with.refreshTokens(),
            with.lifetime(),
            audit,
            with.ids(),
            moments,
            with.signIns()),
        new RefreshSession(
            with.sessions(),
            with.accessTokens(),
            with.refreshTokens(),
            with.revocations(),
            with.lifetime(),
            audit,
            moments),
        new ListSessions(with.sessions(), moments),
        new SignOut(with.sessions(), with.revocations(), audit, moments),
        new GetUser(with.users()),
        new UpdateProfile(with.users(), authenticate, audit, moments),
        new ChangePassword(
            with.users(),
            authenticate,
            with.hasher(),
            with.policy(),
            with.revocations(),
            audit,
            moments),
        new DeleteAccount(with.users(), authenticate, with.revocations(), audit, moments),
        new SearchUsers(with.users()),
        new AdministerUser(
            with.users(), with.sessions(), with.revocations(), with.audit(), moments),
        new SetPassword(
            with.users(), with.hasher(), with.policy(), with.revocations(), audit, moments),
        new AuthenticateApiKey(with.apiKeys(), with.nanos()),
        new IntrospectToken(with.accessTokens(), with.revocations()));
  }
}
