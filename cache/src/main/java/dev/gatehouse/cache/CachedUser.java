package dev.gatehouse.cache;

import dev.gatehouse.accounts.user.User;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A user as a cache holds it: with the form in which it is shown, made once when first asked for.
/// Thread-safe.
///
/// @param <V> the form, which must be immutable
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

  /// The form in which it is shown.
  public V view() {
    V known = made;
    if (known == null) {
      known = view.apply(user);
      made = known;
    }
    return known;
  }
}
