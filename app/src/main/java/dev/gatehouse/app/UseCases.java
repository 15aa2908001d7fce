package dev.gatehouse.app;

import dev.gatehouse.accounts.application.AdministerUser;
import dev.gatehouse.accounts.application.Authenticate;
import dev.gatehouse.accounts.application.AuthenticateApiKey;
import dev.gatehouse.accounts.application.ChangePassword;
import dev.gatehouse.accounts.application.DeleteAccount;
import dev.gatehouse.accounts.application.GetUser;
import dev.gatehouse.accounts.application.IntrospectToken;
import dev.gatehouse.accounts.application.ListSessions;
import dev.gatehouse.accounts.application.RefreshSession;
import dev.gatehouse.accounts.application.RegisterUser;
import dev.gatehouse.accounts.application.RegisterUserOnce;
import dev.gatehouse.accounts.application.SearchUsers;
import dev.gatehouse.accounts.application.SessionLifetime;
import dev.gatehouse.accounts.application.SetPassword;
import dev.gatehouse.accounts.application.SignIn;
import dev.gatehouse.accounts.application.SignOut;
import dev.gatehouse.accounts.application.UpdateProfile;
import dev.gatehouse.accounts.model.AccessTokens;
import dev.gatehouse.accounts.model.ApiKeys;
import dev.gatehouse.accounts.model.AuditLog;
import dev.gatehouse.accounts.model.Fingerprints;
import dev.gatehouse.accounts.model.Ids;
import dev.gatehouse.accounts.model.Moments;
import dev.gatehouse.accounts.model.PasswordHasher;
import dev.gatehouse.accounts.model.PasswordPolicy;
import dev.gatehouse.accounts.model.RefreshTokenChain;
import dev.gatehouse.accounts.model.Registrations;
import dev.gatehouse.accounts.model.Revocations;
import dev.gatehouse.accounts.model.Sessions;
import dev.gatehouse.accounts.model.SignInHistory;
import dev.gatehouse.accounts.model.SignInLimits;
import dev.gatehouse.accounts.model.Users;
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
      Registrations registrations,
      ApiKeys apiKeys,
      PasswordHasher hasher,
      PasswordPolicy policy,
      AccessTokens accessTokens,
      RefreshTokenChain refreshTokens,
      SessionLifetime lifetime,
      Revocations revocations,
      SignInHistory history,
      SignInLimits limits,
      Fingerprints fingerprints,
      AuditLog audit,
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
        new RegisterUser(with.users(), with.hasher(), with.policy(), audit, with.ids(), moments);
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
            moments),
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
        new AuthenticateApiKey(with.apiKeys(), moments, with.nanos()),
        new IntrospectToken(with.accessTokens(), with.revocations()));
  }
}
