package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.audit.Environment;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.Sessions;

/// Signing in and staying signed in.
public record SignInUseCases(SignIn signIn, RefreshSession refresh) {
  /// The use cases on these stores.
  public static SignInUseCases over(
      Authenticate authenticate,
      Sessions sessions,
      Revocations revocations,
      SessionTokens tokens,
      Environment environment,
      SignInListener listener) {
    return new SignInUseCases(
        new SignIn(
            authenticate,
            sessions,
            tokens.access(),
            tokens.refresh(),
            tokens.lifetime(),
            environment.audit(),
            environment.ids(),
            listener),
        new RefreshSession(
            sessions,
            tokens.access(),
            tokens.refresh(),
            revocations,
            tokens.lifetime(),
            environment.audit()));
  }
}
