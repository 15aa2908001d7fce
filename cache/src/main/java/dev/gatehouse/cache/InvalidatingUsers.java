package dev.gatehouse.cache;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserUpdate;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.errors.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The store of users for changes: reads from the store, and invalidates the cache before a write
/// is acknowledged. A write with an unknown outcome counts as done. Password hashes are never
/// cached.
final class InvalidatingUsers implements Users {
  private final Users store;
  private final ReadThrough cache;

  InvalidatingUsers(Users store, ReadThrough cache) {
    this.store = store;
    this.cache = cache;
  }

  @Override
  public User add(NewUser user, PasswordHash hash) {
    return write(user.id(), 1, () -> store.add(user, hash));
  }

  @Override
  public boolean isTaken(EmailAddress email) {
    return store.isTaken(email);
  }

  @Override
  public Optional<User> find(UserId id) {
    return store.find(id);
  }

  @Override
  public Optional<Credentials> findCredentials(UserId id) {
    return store.findCredentials(id);
  }

  @Override
  public Optional<Credentials> findCredentials(EmailAddress email) {
    return store.findCredentials(email);
  }

  @Override
  public UserUpdate update(User changed) {
    return write(changed.id(), changed.version(), () -> store.update(changed));
  }

  @Override
  public UserUpdate updateAndEndSessions(User changed) {
    return write(changed.id(), changed.version(), () -> store.updateAndEndSessions(changed));
  }

  @Override
  public List<User> search(UserQuery query) {
    return store.search(query);
  }

  @Override
  public List<SessionId> changePassword(
      UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept) {
    return store.changePassword(id, current, next, kept);
  }

  @Override
  public boolean rehash(UserId id, PasswordHash current, PasswordHash next) {
    return store.rehash(id, current, next);
  }

  @Override
  public List<SessionId> remove(UserId id) {
    return write(id, Change.DELETED, () -> store.remove(id));
  }

  private <T> T write(UserId id, long version, Supplier<T> write) {
    String key = id.toString();
    try {
      T written = write.get();
      cache.invalidate(key, version);
      return written;
    } catch (Refusal unwritten) {
      // The caller probably saw an outdated entry, possibly from the cache.
      cache.delete(key);
      throw unwritten;
    } catch (RuntimeException | Error unknown) {
      cache.invalidate(key, version);
      throw unknown;
    }
  }
}
