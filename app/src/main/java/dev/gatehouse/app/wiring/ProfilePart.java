package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.profile.ProfileUseCases;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.api.profile.OwnAccountResource;
import dev.gatehouse.api.user.UserDocuments;
import dev.gatehouse.http.Route;
import java.util.List;

/// What users do with their own account.
record ProfilePart(List<Route> routes) implements Part {
  static ProfilePart start(
      ServingPlatform platform,
      Users users,
      UserDocuments documents,
      Passwords passwords,
      SessionPart sessions,
      SignInPart signIn) {
    var useCases =
        ProfileUseCases.over(
            users,
            signIn.authenticate(),
            passwords,
            sessions.revocations(),
            platform.base().environment());
    var resource =
        new OwnAccountResource(
            documents,
            useCases.get(),
            useCases.update(),
            useCases.changePassword(),
            useCases.delete());
    return new ProfilePart(resource.routes());
  }
}
