package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.http.Route;
import dev.gatehouse.postgres.cleanup.Cleanup;
import dev.gatehouse.postgres.database.ServerGuard;
import dev.gatehouse.postgres.revocation.RevocationFeed;
import dev.gatehouse.postgres.session.PostgresSessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// The sessions, and which of them have lately ended on any instance.
///
/// @param accessTtl for how long a revocation matters at least
record SessionPart(Sessions sessions, Revocations revocations, Duration accessTtl) implements Part {
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);

  static SessionPart start(ServingPlatform platform) {
    Platform base = platform.base();
    SessionPart part = operating(base);
    RevocationFeed feed =
        base.start("the revocation feed", () -> part.loaded(base, platform.guard()));
    platform.metrics().feedHorizon("revocations", feed::horizonAge);
    return part;
  }

  /// For a command: running instances learn of ended sessions from the database.
  static SessionPart operating(Platform platform) {
    Duration accessTtl = TokenConfiguration.tokens(platform.configuration()).accessTtl();
    return new SessionPart(
        new PostgresSessions(platform.database()),
        new RecentRevocations(accessTtl, System::nanoTime),
        accessTtl);
  }

  private RevocationFeed loaded(Platform platform, ServerGuard guard)
      throws InterruptedException, TimeoutException {
    var feed =
        RevocationFeed.start(
            platform.store().settings(), guard, revocations, accessTtl, platform.tasks());
    if (!feed.awaitLoaded(LOAD_TIMEOUT)) {
      feed.close();
      throw new TimeoutException("the ended sessions could not be read in time");
    }
    return feed;
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }

  @Override
  public List<Cleanup> cleanups() {
    // `Duration.multipliedBy` loads BigDecimal, which is slow at startup.
    Duration kept = accessTtl.plus(accessTtl);
    return List.of(PostgresSessions.CLEANUP, RevocationFeed.cleanup(kept));
  }
}
