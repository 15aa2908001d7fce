package dev.gatehouse.app.wiring;

import dev.gatehouse.accounts.session.RecentRevocations;
import dev.gatehouse.accounts.session.Revocations;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.app.settings.TokenConfiguration;
import dev.gatehouse.postgres.database.PostgresSettings;
import dev.gatehouse.postgres.revocation.RevocationFeed;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/// The sessions, and which of them have lately ended on any instance.
record SessionPart(Sessions sessions, Revocations revocations) {
  private static final Duration LOAD_TIMEOUT = Duration.ofSeconds(30);

  static SessionPart start(Platform platform) {
    SessionPart part = operating(platform);
    Duration kept = TokenConfiguration.tokens(platform.configuration()).accessTtl();
    platform.start(
        "the revocation feed",
        () -> loaded(platform.store().settings(), part.revocations(), kept, platform.tasks()));
    return part;
  }

  /// For a command: running instances learn of ended sessions from the database.
  static SessionPart operating(Platform platform) {
    Duration kept = TokenConfiguration.tokens(platform.configuration()).accessTtl();
    return new SessionPart(
        new PostgresSessions(platform.database()), new RecentRevocations(kept, System::nanoTime));
  }

  private static RevocationFeed loaded(
      PostgresSettings settings, Revocations revocations, Duration kept, PeriodicTasks tasks)
      throws InterruptedException, TimeoutException {
    var feed = RevocationFeed.start(settings, revocations, kept, tasks);
    if (!feed.awaitLoaded(LOAD_TIMEOUT)) {
      feed.close();
      throw new TimeoutException("the ended sessions could not be read in time");
    }
    return feed;
  }
}
