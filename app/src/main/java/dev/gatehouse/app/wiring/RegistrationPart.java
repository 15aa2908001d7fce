package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.registration.RegistrationMode;
import dev.gatehouse.accounts.registration.RegistrationUseCases;
import dev.gatehouse.accounts.user.Passwords;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.api.user.UserDocuments;
import dev.gatehouse.api.user.UsersResource;
import dev.gatehouse.app.settings.RegistrationConfiguration;
import dev.gatehouse.http.Route;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.registration.PostgresIdempotencyRecords;
import java.util.List;
import java.util.function.Supplier;

/// Registering, and reading an account by its id.
record RegistrationPart(List<Route> routes) implements Part {
  static RegistrationPart start(
      ServingPlatform platform,
      Users users,
      UserDocuments documents,
      Passwords passwords,
      TokenPart tokens) {
    var registrations = platform.metrics().registrations();
    var useCases =
        RegistrationUseCases.over(
            users,
            new PostgresIdempotencyRecords(platform.database()),
            passwords,
            tokens.tokens().fingerprints(),
            platform.base().environment(),
            registrations,
            mode(platform));
    var resource =
        new UsersResource(useCases.register(), useCases.registerOnce(), documents, registrations);
    return new RegistrationPart(resource.routes());
  }

  private static Supplier<RegistrationMode> mode(ServingPlatform platform) {
    RegistrationMode mode = platform.configuration().get(RegistrationConfiguration.REGISTRATION);
    return () -> mode;
  }

  @Override
  public List<Cleanup> cleanups() {
    return List.of(PostgresIdempotencyRecords.CLEANUP);
  }
}
