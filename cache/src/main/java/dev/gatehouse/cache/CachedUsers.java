package dev.gatehouse.cache;

import dev.gatehouse.accounts.flow.Flows;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.accounts.user.UsersById;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store of users behind a cache: [#find] uses memory where it is current. A write is visible
/// on this instance at once and on others within a second. Use cases that read in order to write
/// use [#uncached].
///
/// @param <V> the view of a user
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

  /// The user in memory, if it is known to be current. Never waits, so it suits event loops. Empty
  /// does not mean that the user is absent.
  public Optional<CachedUser<V>> peek(UserId id) {
    return cache
        .peek(id.toString())
        .filter(entry -> !entry.isAbsent())
        .flatMap(entry -> decoded(id, entry));
  }

  /// The user with its view.
  ///
  /// @throws dev.gatehouse.errors.Unavailable when neither cache nor store can serve
  public Optional<CachedUser<V>> findCached(UserId id) {
    Entry entry = cache.get(id.toString(), () -> load(id));
    if (entry.isAbsent()) {
      return Optional.empty();
    }
    return decoded(id, entry).or(() -> findAnew(id));
  }

  /// The form in which a user is shown, as [#findCached] finds it.
  public Optional<V> findView(UserId id) {
    return findCached(id).map(CachedUser::view);
  }

  /// The form in which a user is shown, as [#peek] finds it.
  public Optional<V> peekView(UserId id) {
    return peek(id).map(CachedUser::view);
  }

  /// The same users for changes: reads use the store, writes invalidate the cache.
  public Users uncached() {
    return store;
  }

  /// The flows of the same users: what one changes is visible on this instance at once.
  public Flows flows(Flows stored) {
    return new InvalidatingFlows(stored, cache);
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
