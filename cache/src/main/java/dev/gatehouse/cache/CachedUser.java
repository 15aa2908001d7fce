package dev.gatehouse.cache;

import dev.gatehouse.accounts.user.User;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A cached user with its view, which is created at first use. Thread-safe.
///
/// @param <V> the view, which must be immutable
public final class CachedUser<V> {
  private final User user;
  private final Function<User, V> view;
  private volatile @Nullable V made;

  CachedUser(User user, Function<User, V> view) {
    this.user = user;
    this.view = view;
  }

  /// The user.
  public User user() {
    return user;
  }

  /// The view of the user.
  public V view() {
    V known = made;
    if (known == null) {
      known = view.apply(user);
      made = known;
    }
    return known;
  }
}
