package dev.gatehouse.postgres;

import dev.gatehouse.accounts.application.SearchUsers;
import dev.gatehouse.accounts.model.AddressPrefix;
import dev.gatehouse.accounts.model.EmailAddress;
import dev.gatehouse.accounts.model.UserQuery;
import dev.gatehouse.accounts.model.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every way of searching users called `user<n>@example.org`, of whom every fiftieth is disabled.
final class Searches {
  private Searches() {}

  static List<UserQuery> all() {
    var all = new ArrayList<UserQuery>();
    var prefixes =
        List.of(
            Optional.<String>empty(),
            Optional.of("u"),
            Optional.of("user5"),
            Optional.of("USER500"));
    for (Optional<String> prefix : prefixes) {
      for (Optional<UserStatus> status : statuses()) {
        all.add(
            new UserQuery(
                Optional.empty(),
                prefix.map(AddressPrefix::parse),
                status,
                UserQuery.MAX_LIMIT,
                Optional.empty()));
      }
    }
    all.add(
        new UserQuery(
            Optional.of(EmailAddress.parse("user51@example.org")),
            Optional.of(AddressPrefix.parse("user5")),
            Optional.of(UserStatus.ACTIVE),
            UserQuery.MAX_LIMIT,
            Optional.empty()));
    return all;
  }

  static Optional<UserQuery> next(UserQuery query, SearchUsers.Page page) {
    return page.next()
        .map(
            next ->
                new UserQuery(
                    query.email(),
                    query.prefix(),
                    query.status(),
                    query.limit(),
                    Optional.of(next)));
  }

  private static List<Optional<UserStatus>> statuses() {
    return Stream.concat(
            Stream.of(Optional.<UserStatus>empty()),
            Stream.of(UserStatus.values()).map(Optional::of))
        .toList();
  }
}
