package dev.gatehouse.cache;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.ChangedUser;
import dev.gatehouse.accounts.user.ChangedUsers;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserUpdate;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.Unavailable;
import dev.gatehouse.testkit.accounts.InMemoryAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The store of users in memory together with its feed of changes; counts how often users are read,
/// and can be away.
final class StoreTwin implements Users, ChangedUsers {
  private final InMemoryAccounts accounts;
  private final Users users;
  private final ConcurrentLinkedDeque<Dated> changes = new ConcurrentLinkedDeque<>();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean away;
  private volatile Runnable beforeReadReturns = () -> {};

  StoreTwin(InMemoryAccounts accounts) {
    this.accounts = accounts;
    users = accounts.users();
  }

  StoreTwin() {
    this(new InMemoryAccounts());
  }

  InMemoryAccounts accounts() {
    return accounts;
  }

  int reads() {
    return reads.get();
  }

  void setAway(boolean next) {
    away = next;
  }

  /// Does something between reading a user and returning it.
  void beforeReadReturns(Runnable next) {
    beforeReadReturns = next;
  }

  /// Passes on the same again at each call, since it serves several readers.
  @Override
  public void read(Duration memory, Consumer<ChangedUser> listener) {
    requirePresence();
    long since = System.nanoTime() - memory.toNanos();
    changes.stream().filter(dated -> dated.at - since >= 0).map(Dated::change).forEach(listener);
  }

  @Override
  public User add(NewUser user, PasswordHash hash) {
    requirePresence();
    return users.add(user, hash);
  }

  @Override
  public boolean isTaken(EmailAddress email) {
    return users.isTaken(email);
  }

  @Override
  public Optional<User> find(UserId id) {
    requirePresence();
    reads.incrementAndGet();
    Optional<User> found = users.find(id);
    beforeReadReturns.run();
    return found;
  }

  @Override
  public Optional<Credentials> findCredentials(UserId id) {
    return users.findCredentials(id);
  }

  @Override
  public Optional<Credentials> findCredentials(EmailAddress email) {
    return users.findCredentials(email);
  }

  @Override
  public UserUpdate update(User changed) {
    requirePresence();
    UserUpdate update = users.update(changed);
    changed(changed.id(), OptionalLong.of(changed.version()));
    return update;
  }

  @Override
  public UserUpdate updateAndEndSessions(User changed) {
    requirePresence();
    UserUpdate update = users.updateAndEndSessions(changed);
    changed(changed.id(), OptionalLong.of(changed.version()));
    return update;
  }

  @Override
  public List<User> search(UserQuery query) {
    requirePresence();
    return users.search(query);
  }

  @Override
  public List<SessionId> changePassword(
      UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept) {
    return users.changePassword(id, current, next, kept);
  }

  @Override
  public boolean rehash(UserId id, PasswordHash current, PasswordHash next) {
    return users.rehash(id, current, next);
  }

  @Override
  public List<SessionId> remove(UserId id) {
    requirePresence();
    List<SessionId> ended = users.remove(id);
    changed(id, OptionalLong.empty());
    return ended;
  }

  private void changed(UserId id, OptionalLong version) {
    changes.add(new Dated(new ChangedUser(id, version), System.nanoTime()));
  }

  private void requirePresence() {
    if (away) {
      throw Unavailable.dependency(new IllegalStateException("the store is away"));
    }
  }

  private record Dated(ChangedUser change, long at) {}
}
