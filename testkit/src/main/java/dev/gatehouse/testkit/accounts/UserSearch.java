package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import java.util.Comparator;

/// The semantics of a query, implemented without an index.
final class UserSearch {
  private UserSearch() {}

  static boolean matches(UserQuery query, User user) {
    return query
            .email()
            .filter(email -> !email.canonical().equals(user.email().canonical()))
            .isEmpty()
        && query.prefix().filter(prefix -> !prefix.covers(user.email())).isEmpty()
        && query.status().filter(status -> status != user.status()).isEmpty()
        && query.after().filter(position -> !comesLater(user, position)).isEmpty();
  }

  static Comparator<User> order(UserQuery query) {
    return query.prefix().isPresent()
        ? Comparator.comparing(user -> user.email().canonical())
        : Comparator.comparing(user -> user.id().toString());
  }

  private static boolean comesLater(User user, UserQuery.Position position) {
    return switch (position) {
      case UserQuery.Position.Id(var id) -> user.id().toString().compareTo(id.toString()) > 0;
      case UserQuery.Position.Address(var compared) ->
          user.email().canonical().compareTo(compared) > 0;
    };
  }
}
