package dev.gatehouse.cache;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.accounts.user.UsersById;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store of users behind a cache: [#find] is answered from memory where that is current. A
/// write is seen by this instance at once and by the others within a second. For use cases that
/// read in order to write, take [#uncached].
///
/// @param <V> the form in which a user is shown
public final class CachedUsers<V> implements UsersById {
  private static final Logger log = LoggerFactory.getLogger(CachedUsers.class);

  private final InvalidatingUsers store;
  private final ReadThrough cache;
  private final Function<User, V> view;
  private final Entry.Decoder<CachedUser<V>> decoder;

  CachedUsers(Users store, ReadThrough cache, Function<User, V> view) {
    this.store = new InvalidatingUsers(store, cache);
    this.cache = cache;
    this.view = view;
    decoder = encoded -> new CachedUser<>(UserCodec.decode(encoded), view);
  }

  /// The user as this process holds it, when it is known to be current. Never waits: fit for an
  /// event loop. Empty says nothing about whether there is such a user.
  public Optional<CachedUser<V>> peek(UserId id) {
    return cache
        .peek(id.toString())
        .filter(entry -> !entry.isAbsent())
        .flatMap(entry -> decoded(id, entry));
  }

  /// The user with the form in which it is shown.
  ///
  /// @throws dev.gatehouse.errors.Unavailable when neither cache nor store can serve
  public Optional<CachedUser<V>> findCached(UserId id) {
    Entry entry = cache.get(id.toString(), () -> load(id));
    if (entry.isAbsent()) {
      return Optional.empty();
    }
    return decoded(id, entry).or(() -> findAnew(id));
  }

  /// The same users for those who change them: reads go to the store, writes are seen by the cache.
  public Users uncached() {
    return store;
  }

  @Override
  public Optional<User> find(UserId id) {
    return findCached(id).map(CachedUser::user);
  }

  private Entry load(UserId id) {
    return store
        .find(id)
        .map(user -> Entry.of(user.version(), UserCodec.encode(user)))
        .orElseGet(Entry::absent);
  }

  private Optional<CachedUser<V>> findAnew(UserId id) {
    log.warn("A cached user cannot be read and is dropped");
    cache.delete(id.toString());
    return store.find(id).map(user -> new CachedUser<>(user, view));
  }

  private Optional<CachedUser<V>> decoded(UserId id, Entry entry) {
    try {
      return Optional.of(entry.decoded(decoder))
          .filter(cached -> cached.user().id().equals(id))
          .filter(cached -> cached.user().version() == entry.version());
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }
}
