package dev.gatehouse.cache;

import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.cache.ChangeFeed.Change;
import dev.gatehouse.errors.Refusal;
import java.time.Instant;
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
  public void add(User user, PasswordHash hash) {
    write(
        user.id(),
        user.version(),
        () -> {
          store.add(user, hash);
          return List.of();
        });
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
  public List<SessionId> update(User changed) {
    return write(changed.id(), changed.version(), () -> store.update(changed));
  }

  @Override
  public List<SessionId> updateAndEndSessions(User changed) {
    return write(changed.id(), changed.version(), () -> store.updateAndEndSessions(changed));
  }

  @Override
  public List<User> search(UserQuery query) {
    return store.search(query);
  }

  @Override
  public List<SessionId> changePassword(
      UserId id, PasswordHash current, PasswordHash next, Optional<SessionId> kept, Instant at) {
    return store.changePassword(id, current, next, kept, at);
  }

  @Override
  public boolean rehash(UserId id, PasswordHash current, PasswordHash next) {
    return store.rehash(id, current, next);
  }

  @Override
  public List<SessionId> remove(UserId id, Instant at) {
    return write(id, Change.DELETED, () -> store.remove(id, at));
  }

  private List<SessionId> write(UserId id, long version, Supplier<List<SessionId>> write) {
    String key = id.toString();
    try {
      List<SessionId> ended = write.get();
      cache.invalidate(key, version);
      return ended;
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
