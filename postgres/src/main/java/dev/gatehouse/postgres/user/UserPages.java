package dev.gatehouse.postgres.user;

import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.EmailPrefix;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserQuery.Position;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.postgres.database.Statements;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Reads pages of users, each by the one index that has its order: no page depends on how many came
/// before it, nor on how many users there are.
final class UserPages {
  /// Comes before every id.
  private static final UUID FIRST = new UUID(0, 0);

  /// The last character there is, a noncharacter that no address contains.
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private UserPages() {}

  static List<User> read(Statements statements, UserQuery query) throws SQLException {
    if (query.email().isPresent()) {
      return one(statements, query.email().get(), query);
    }
    return statements.query(
        query.prefix().isPresent() ? byAddress(query, query.prefix().get()) : byId(query),
        UserRows::user);
  }

  private static final Sql ONE =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE
          """
              + AddressLookup.CONDITION
              + AddressLookup.PREFERRED);

  /// One row at most, so that the rest of the query is looked at here.
  private static List<User> one(Statements statements, EmailAddress email, UserQuery query)
      throws SQLException {
    return statements
        .first(AddressLookup.of(ONE, email), UserRows::user)
        .filter(user -> query.prefix().filter(prefix -> !prefix.covers(user.email())).isEmpty())
        .filter(user -> query.status().filter(status -> status != user.status()).isEmpty())
        .filter(user -> comesAfter(user, query.after()))
        .stream()
        .toList();
  }

  private static boolean comesAfter(User user, Optional<Position> position) {
    return switch (position.orElse(new Position.Address(""))) {
      case Position.Address(String compared) -> user.email().canonical().compareTo(compared) > 0;
      case Position.Id(var id) -> user.id().toString().compareTo(id.toString()) > 0;
    };
  }

  private static final Sql BY_ID =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE id > :after
          ORDER BY id
          LIMIT :limit
          """);

  private static final Sql BY_ID_OF_STATUS =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE status = :status AND id > :after
          ORDER BY id
          LIMIT :limit
          """);

  private static Sql.Call byId(UserQuery query) {
    UUID after = query.after().map(UserPages::id).orElse(FIRST);
    return of(query, BY_ID, BY_ID_OF_STATUS).and("after", after);
  }

  private static final Sql BY_ADDRESS =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE email_compared >= :first AND email_compared < :last AND email_compared > :after
          ORDER BY email_compared
          LIMIT :limit
          """);

  private static final Sql BY_ADDRESS_OF_STATUS =
      Sql.of(
          UserRows.SELECT_USER
              + """
          WHERE status = :status AND email_compared >= :first AND email_compared < :last
            AND email_compared > :after
          ORDER BY email_compared
          LIMIT :limit
          """);

  private static Sql.Call byAddress(UserQuery query, EmailPrefix prefix) {
    return of(query, BY_ADDRESS, BY_ADDRESS_OF_STATUS)
        .and("first", prefix.canonical())
        .and("last", prefix.canonical() + LAST)
        .and("after", query.after().map(UserPages::address).orElse(""));
  }

  private static Sql.Call of(UserQuery query, Sql all, Sql ofStatus) {
    Optional<UserStatus> status = query.status();
    Sql.Call call =
        status.isPresent() ? ofStatus.with("status", UserRows.status(status.get())) : all.call();
    return call.and("limit", query.limit());
  }

  private static UUID id(Position position) {
    return switch (position) {
      case Position.Id(var id) -> id.value();
      case Position.Address _ -> throw new IllegalArgumentException("a position of another order");
    };
  }

  private static String address(Position position) {
    return switch (position) {
      case Position.Address(String compared) -> compared;
      case Position.Id _ -> throw new IllegalArgumentException("a position of another order");
    };
  }
}
