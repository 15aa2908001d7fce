package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.administration.AdministrationUseCases;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.api.administration.UserAdministrationResource;
import dev.gatehouse.http.Route;
import java.util.List;

/// What administrators and operators do with the accounts of others.
record AdministrationPart(List<Route> routes) implements Part {
  static AdministrationPart start(
      ServingPlatform platform, Users users, Passwords passwords, SessionPart sessions) {
    var useCases = useCases(platform.base(), users, passwords, sessions);
    var resource =
        new UserAdministrationResource(
            useCases.search(), useCases.get(), useCases.administer(), useCases.setPassword());
    return new AdministrationPart(resource.routes());
  }

  static AdministrationUseCases useCases(
      Platform platform, Users users, Passwords passwords, SessionPart sessions) {
    return AdministrationUseCases.over(
        users, sessions.sessions(), passwords, sessions.revocations(), platform.environment());
  }
}
