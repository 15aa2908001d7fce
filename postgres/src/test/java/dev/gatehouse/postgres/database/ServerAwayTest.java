package dev.gatehouse.postgres.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.postgres.ServerProcesses;
import dev.gatehouse.postgres.embedded.EmbeddedServer;
import dev.gatehouse.postgres.fixture.PreparedServer;
import dev.gatehouse.postgres.migration.Migrations;
import dev.gatehouse.postgres.user.PostgresUsers;
import dev.gatehouse.testkit.accounts.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerAwayTest {
  private static final int CALLERS = 50;

  /// SPEC 8 says 300 ms, most of it the wait for a connection. Here that is a second, and the rest
  /// is for a busy build machine.
  private static final long FAST_MILLIS = 3_000;

  /// Noticing that the server hangs takes two seconds at most; a statement would wait for six.
  private static final long NOTICED_MILLIS = 5_500;

  @TempDir private Path home;

  @Test
  void failsFastWhileTheServerIsAwayAndRecoversByItself() throws Exception {
    var embedded = PreparedServer.in(home, 40);
    var server = EmbeddedServer.start(embedded);
    var settings = settings(server);
    new Migrations(settings).migrate();
    try (var database = Database.open(settings)) {
      var users = new PostgresUsers(database);
      User user = users.add(Sample.newUser(), Sample.hash("first"));
      database.ping();

      server.close();
      for (int round = 0; round < 3; round++) {
        assertEveryWriteFailsWithin(FAST_MILLIS, users);
      }

      server = EmbeddedServer.start(embedded);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> users.find(user.id()).isPresent());
      users.add(Sample.newUser(), Sample.hash("first"));
    } finally {
      server.close();
    }
  }

  /// Stopped where it is, as by a broken disk or a frozen machine: every connection stays open.
  @Test
  void failsFastWhileTheServerHangsAndRecoversByItself() throws Exception {
    try (var server = EmbeddedServer.start(PreparedServer.in(home, 40))) {
      var settings = settings(server);
      new Migrations(settings).migrate();
      try (var database = Database.open(settings);
          var processes = ServerProcesses.under(home)) {
        var users = new PostgresUsers(database);
        List<User> acknowledged = new ArrayList<>();
        acknowledged.add(added(users));

        processes.stop();
        assertEveryWriteFailsWithin(NOTICED_MILLIS, users);
        for (int round = 0; round < 3; round++) {
          assertEveryWriteFailsWithin(FAST_MILLIS, users);
        }

        processes.resume();
        await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .until(() -> acknowledged.add(added(users)));
        for (int round = 0; round < 20; round++) {
          acknowledged.add(added(users));
        }
        assertThat(acknowledged).allSatisfy(user -> assertThat(users.find(user.id())).isPresent());
      }
    }
  }

  @Test
  void opensWhileTheServerIsAway() {
    var nobody = PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/none", "user", "");

    try (var database = Database.open(nobody)) {
      assertThat(catchThrowableOfType(Unavailable.class, database::ping).code())
          .isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE);
    }
  }

  private static PostgresSettings settings(EmbeddedServer server) {
    return Settings.waiting(
        PostgresSettings.of(server.url(), server.user(), server.password()), Duration.ofSeconds(1));
  }

  private static User added(PostgresUsers users) {
    return users.add(Sample.newUser(), Sample.hash("first"));
  }

  private static void assertEveryWriteFailsWithin(long most, PostgresUsers users) throws Exception {
    Callable<Long> caller =
        () -> {
          long start = System.nanoTime();
          var failure =
              catchThrowableOfType(
                  Unavailable.class, () -> users.add(Sample.newUser(), Sample.hash("first")));
          assertThat(failure.code()).isEqualTo(ErrorCode.DEPENDENCY_UNAVAILABLE);
          return (System.nanoTime() - start) / 1_000_000;
        };
    var callers = new ArrayList<Callable<Long>>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(caller);
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Long> millis : threads.invokeAll(callers)) {
        assertThat(millis.get()).isLessThan(most);
      }
    }
  }
}
