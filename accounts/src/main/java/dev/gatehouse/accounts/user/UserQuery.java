package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.id.UserId;
import java.util.Optional;

/// Which users to list. With a prefix they come in the order of their compared addresses, without
/// one in that of their ids: so every page is the next stretch of one index.
///
/// @param email only the user of this address
/// @param prefix only users whose compared address begins so
/// @param status only users of this status
/// @param limit the most users to give, 1 to [#MAX_LIMIT] and one more
/// @param after only users that come later
public record UserQuery(
    Optional<EmailAddress> email,
    Optional<EmailPrefix> prefix,
    Optional<UserStatus> status,
    int limit,
    Optional<Position> after) {
  /// The most users of one page.
  public static final int MAX_LIMIT = 200;

  public UserQuery {
    if (limit < 1 || limit > MAX_LIMIT + 1) {
      throw new IllegalArgumentException("limit: " + limit);
    }
    if (after.isPresent() && !after.get().fits(prefix.isPresent())) {
      throw new IllegalArgumentException("a position of another order");
    }
  }

  /// The same query for one user more, which tells whether there is another page.
  public UserQuery withOneMore() {
    return new UserQuery(email, prefix, status, limit + 1, after);
  }

  /// Where this query's order has a user.
  public Position positionOf(User user) {
    return prefix.isPresent()
        ? new Position.Address(user.email().canonical())
        : new Position.Id(user.id());
  }

  /// A place in the order.
  public sealed interface Position {
    /// In the order of ids.
    record Id(UserId id) implements Position {}

    /// In the order of compared addresses.
    record Address(String compared) implements Position {
      @Override
      public String toString() {
        return "Address[redacted]";
      }
    }

    /// Whether it is a place in the order of a query.
    default boolean fits(boolean byAddress) {
      return switch (this) {
        case Id _ -> !byAddress;
        case Address _ -> byAddress;
      };
    }
  }
}
