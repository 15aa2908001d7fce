package dev.gatehouse.postgres;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.EmailPrefix;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every way of searching users called `user<n>@example.org`, of whom every fiftieth is disabled.
public final class Searches {
  private Searches() {}

  public static List<UserQuery> all() {
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
                prefix.map(EmailPrefix::parse),
                status,
                UserQuery.MAX_LIMIT,
                Optional.empty()));
      }
    }
    all.add(
        new UserQuery(
            Optional.of(EmailAddress.parse("user51@example.org")),
            Optional.of(EmailPrefix.parse("user5")),
            Optional.of(UserStatus.ACTIVE),
            UserQuery.MAX_LIMIT,
            Optional.empty()));
    return all;
  }

  public static Optional<UserQuery> next(UserQuery query, SearchUsers.Page page) {
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
