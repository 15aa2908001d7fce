package dev.gatehouse.postgres.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.session.NewSession;
import dev.gatehouse.accounts.session.RefreshToken;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.GatehouseException;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.session.PostgresSessions;
import dev.gatehouse.testkit.accounts.Sample;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RacesTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final PasswordHash HASH = Sample.hash("first");
  private static final int ROUNDS = 60;

  private final PostgresUsers users = new PostgresUsers(DATABASE.get());
  private final PostgresSessions sessions = new PostgresSessions(DATABASE.get());

  @Test
  void givesAnAddressToOneOfTwoHundred() throws Exception {
    String email = Sample.email();

    List<String> outcomes =
        atOnce(
            200,
            () -> {
              users.add(Sample.newUser(email), HASH);
              return "added";
            });

    assertThat(Collections.frequency(outcomes, "added")).isOne();
    assertThat(Collections.frequency(outcomes, ErrorCode.EMAIL_TAKEN.name())).isEqualTo(199);
  }

  @Test
  void letsOneOfManyUpdatesOfAVersionWin() throws Exception {
    User user = added();

    List<String> outcomes =
        atOnce(
            20,
            () -> {
              users.update(user.with(Profile.EMPTY));
              return "updated";
            });

    assertThat(Collections.frequency(outcomes, "updated")).isOne();
    assertThat(Collections.frequency(outcomes, ErrorCode.STALE_VERSION.name())).isEqualTo(19);
  }

  @Test
  void leavesNoSignInBehindAPasswordChange() throws Exception {
    leavesNoSignInBehind(
        user -> users.changePassword(user.id(), HASH, Sample.hash("second"), Optional.empty()));
  }

  @Test
  void leavesNoSignInBehindADisabling() throws Exception {
    leavesNoSignInBehind(user -> users.update(disabled(user)).ended());
  }

  @Test
  void leavesNoSignInBehindARemoval() throws Exception {
    leavesNoSignInBehind(user -> users.remove(user.id()));
  }

  /// Every session that was opened has been reported as ended, is gone and noted as revoked.
  private void leavesNoSignInBehind(Function<User, List<SessionId>> change) throws Exception {
    int opened = 0;
    for (int round = 0; round < ROUNDS; round++) {
      User user = added();
      Set<SessionId> open = Collections.synchronizedSet(new HashSet<>());
      Set<SessionId> ended = Collections.synchronizedSet(new HashSet<>());
      var barrier = new CyclicBarrier(5);
      var parts = new ArrayList<Callable<Boolean>>();
      for (int device = 0; device < 4; device++) {
        parts.add(
            () -> {
              NewSession session = Sample.session(user.id());
              RefreshToken token = Sample.token(session);
              barrier.await();
              return sessions.open(session, Sample.LIFETIME, token, HASH).isPresent()
                  && open.add(session.id());
            });
      }
      parts.add(
          () -> {
            barrier.await();
            return ended.addAll(change.apply(user));
          });
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (Future<Boolean> part : threads.invokeAll(parts)) {
          part.get();
        }
      }

      assertThat(ended).isEqualTo(open);
      assertThat(sessions.list(user.id())).isEmpty();
      assertThat(revoked(open)).isEqualTo(open);
      opened += open.size();
    }
    assertThat(opened).as("sign-ins that came before the change").isPositive();
  }

  private User added() {
    return users.add(Sample.newUser(), HASH);
  }

  private static User disabled(User user) {
    return new User(
        user.id(),
        user.email(),
        user.profile(),
        user.emailVerified(),
        UserStatus.DISABLED,
        user.roles(),
        user.createdAt(),
        Sample.NOON,
        user.version() + 1);
  }

  private static Set<SessionId> revoked(Set<SessionId> among) throws SQLException {
    var found = new HashSet<SessionId>();
    try (var connection = DATABASE.connect();
        var statement =
            connection.prepareStatement(
                "SELECT session_id FROM revocations WHERE session_id = ANY (?)")) {
      statement.setObject(1, among.stream().map(SessionId::value).toArray(UUID[]::new));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(new SessionId(rows.getObject(1, UUID.class)));
        }
      }
    }
    return found;
  }

  private static List<String> atOnce(int count, Callable<String> work)
      throws InterruptedException, ExecutionException {
    var barrier = new CyclicBarrier(count);
    Callable<String> part =
        () -> {
          barrier.await();
          try {
            return work.call();
          } catch (GatehouseException refusal) {
            return refusal.code().name();
          }
        };
    var outcomes = new ArrayList<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> outcome : threads.invokeAll(Collections.nCopies(count, part))) {
        outcomes.add(outcome.get());
      }
    }
    return outcomes;
  }
}
