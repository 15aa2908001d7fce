package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.transfer.UserExports;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.Users;
import java.util.List;
import java.util.Optional;

/// Exports the accounts of a store in memory, tested by the same contract as PostgreSQL.
///
/// @param users the store
public record InMemoryUserExports(Users users) implements UserExports {
  @Override
  public List<Credentials> page(Optional<UserId> after, int limit) {
    var query =
        new UserQuery(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            limit,
            after.map(UserQuery.Position.Id::new));
    return users.search(query).stream()
        .flatMap(user -> users.findCredentials(user.id()).stream())
        .toList();
  }
}
