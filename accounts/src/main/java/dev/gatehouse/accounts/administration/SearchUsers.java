package dev.gatehouse.accounts.administration;

import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.Unavailable;
import java.util.List;
import java.util.Optional;

/// Lists users for who administers them. Thread-safe.
public final class SearchUsers {
  private final Users users;

  public SearchUsers(Users users) {
    this.users = users;
  }

  /// Some users, and where the next page begins, if there is one.
  public record Page(List<User> users, Optional<UserQuery.Position> next) {
    public Page {
      users = List.copyOf(users);
    }
  }

  /// One page. Users that come or go between two pages are not seen twice, nor are others left out.
  ///
  /// @throws Unavailable when the store cannot serve
  public Page page(UserQuery query) {
    List<User> found = users.search(query.withOneMore());
    if (found.size() <= query.limit()) {
      return new Page(found, Optional.empty());
    }
    List<User> page = found.subList(0, query.limit());
    return new Page(page, Optional.of(query.positionOf(page.getLast())));
  }
}
