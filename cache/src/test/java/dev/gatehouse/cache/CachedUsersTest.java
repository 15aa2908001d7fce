package dev.gatehouse.cache;

import static dev.gatehouse.testkit.accounts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.accounts.flow.FlowEffect;
import dev.gatehouse.accounts.flow.FlowKind;
import dev.gatehouse.accounts.flow.FlowSecrets;
import dev.gatehouse.accounts.flow.NewFlow;
import dev.gatehouse.accounts.id.FlowId;
import dev.gatehouse.accounts.session.Sessions;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.resilience.periodic.PeriodicTaskListener;
import dev.gatehouse.resilience.periodic.PeriodicTasks;
import dev.gatehouse.testkit.accounts.InMemoryFlows;
import dev.gatehouse.testkit.accounts.KeyedCodeHashes;
import dev.gatehouse.testkit.accounts.Sample;
import dev.gatehouse.testkit.accounts.UsersContract;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedUsersTest extends UsersContract {
  private final StoreTwin store = new StoreTwin();
  private final Caches caches =
      new Caches(
          CacheSettings.defaults(),
          Optional.empty(),
          new Random(1),
          CacheListener.NONE,
          new PeriodicTasks(PeriodicTaskListener.NONE));
  private final CachedUsers<Shown> users = caches.users(store, store, Shown::new);

  @Override
  protected Users users() {
    return readingFromTheCache();
  }

  @Override
  protected Sessions sessions() {
    return store.accounts().sessions();
  }

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void readsAUserFromTheStoreOnce() {
    User user = added();

    assertThat(users.peek(user.id())).isEmpty();
    for (int read = 0; read < 10; read++) {
      assertThat(users.find(user.id())).contains(user);
    }
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void showsTheEffectOfAFlowAtOnce() {
    User user = added();
    users.find(user.id());
    var flows =
        users.flows(new InMemoryFlows(store, store.accounts().sessions(), InstantSource.system()));
    var kind = FlowKind.VERIFY_EMAIL;
    var secrets = FlowSecrets.random(kind, new Random(1));
    var id = new FlowId(Sample.id());
    flows.begin(
        NewFlow.of(id, kind, user.email(), Optional.of(user.id()), secrets, new KeyedCodeHashes()));

    assertThat(flows.complete(id, new FlowEffect.VerifyEmail())).isPresent();

    assertThat(users.find(user.id()).orElseThrow().emailVerified()).isTrue();
  }

  @Test
  void makesTheFormInWhichAUserIsShownOnce() {
    User user = added();
    Shown first = users.findCached(user.id()).orElseThrow().view();

    assertThat(users.peek(user.id()).orElseThrow().view()).isSameAs(first);
    assertThat(first.user()).isEqualTo(user);
  }

  @Test
  void remembersBrieflyThatThereIsNoSuchUser() {
    NewUser stranger = Sample.newUser();

    assertThat(users.find(stranger.id())).isEmpty();
    assertThat(users.find(stranger.id())).isEmpty();
    assertThat(users.peek(stranger.id())).isEmpty();
    assertThat(store.reads()).isEqualTo(1);

    User stored = users.uncached().add(stranger, Sample.hash("first"));
    assertThat(users.find(stranger.id())).contains(stored);
  }

  @Test
  void remembersThatAUserIsGone() {
    User user = added();
    users.uncached().remove(user.id());

    assertThat(users.find(user.id())).isEmpty();
    assertThat(users.find(user.id())).isEmpty();
    assertThat(store.reads()).isEqualTo(1);
  }

  @Test
  void readsFromTheStoreForThoseWhoWrite() {
    User user = added();
    users.find(user.id());
    User renamed = store.update(user.with(Profile.EMPTY)).user();

    assertThat(users.uncached().find(user.id())).contains(renamed);
  }

  @Test
  void forgetsAUserWhoseChangeIsRefused() {
    User user = added();
    users.find(user.id());
    User renamed = store.update(user.with(Profile.EMPTY)).user();

    assertRefused(ErrorCode.STALE_VERSION, () -> users.uncached().update(renamed));
    assertThat(users.find(user.id())).contains(renamed);
  }

  @Test
  void seesWithinASecondWhatOthersChangeInTheStore() {
    User user = added();
    users.find(user.id());
    store.remove(user.id());

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(users.find(user.id())).isEmpty());
  }

  @Test
  void servesWhatItLastKnewWhileTheStoreIsAway() {
    User known = added();
    User unknown = added();
    users.find(known.id());
    store.setAway(true);
    await().atMost(Duration.ofSeconds(20)).until(() -> users.peek(known.id()).isEmpty());

    assertThat(users.find(known.id())).contains(known);
    assertRefused(ErrorCode.DEPENDENCY_UNAVAILABLE, () -> users.find(unknown.id()));
  }

  @Test
  void neverServesInAnOutageWhatItKnowsToBeOutdated() {
    User user = added();
    users.find(user.id());
    users.uncached().update(user.with(Profile.EMPTY));
    store.setAway(true);

    assertRefused(ErrorCode.DEPENDENCY_UNAVAILABLE, () -> users.find(user.id()));
  }

  @Test
  void countsAWriteOfUnknownOutcomeAsDone() {
    User user = added();
    users.find(user.id());
    store.setAway(true);

    assertRefused(
        ErrorCode.DEPENDENCY_UNAVAILABLE, () -> users.uncached().update(user.with(Profile.EMPTY)));
    store.setAway(false);

    assertThat(users.peek(user.id())).isEmpty();
    assertThat(users.find(user.id())).contains(user);
  }

  /// Everything but reading by id goes to the store: all that can be known of users, with the cache
  /// in the place where it is used.
  private Users readingFromTheCache() {
    InvocationHandler either =
        (_, method, arguments) -> {
          boolean cached = method.getName().equals("find");
          try {
            return method.invoke(cached ? users : users.uncached(), arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          }
        };
    return (Users)
        Proxy.newProxyInstance(Users.class.getClassLoader(), new Class<?>[] {Users.class}, either);
  }

  private User added() {
    return users.uncached().add(Sample.newUser(), Sample.hash("first"));
  }

  record Shown(User user) {}
}
