package dev.gatehouse.testkit.accounts;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.accounts.administration.SearchUsers;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.EmailPrefix;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserQuery;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The contract of searches in stores of users.
public abstract class UserSearchContract {
  private static final Comparator<User> BY_ID = comparing(user -> user.id().toString());
  private static final Comparator<User> BY_ADDRESS = comparing(user -> user.email().canonical());

  private final List<User> added = new ArrayList<>();
  private String family = "";

  /// The store under test; may hold other users.
  protected abstract Users users();

  @BeforeEach
  void addUsers() {
    family = "family-" + Sample.id();
    for (int n = 0; n < 25; n++) {
      String spelling = n % 2 == 0 ? family : family.toUpperCase(Locale.ROOT);
      User user =
          users()
              .add(
                  Sample.newUser(spelling + "." + (n * 7 % 25) + "@example.org"),
                  Sample.hash("any"));
      added.add(n % 5 == 0 ? disabled(user) : user);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "25", "24", "200"})
  void listsEveryUserOfAPrefixOnceInTheOrderOfAddresses(int limit) {
    assertThat(walk(query(Optional.of(family), Optional.empty(), limit)))
        .isEqualTo(added.stream().sorted(BY_ADDRESS).toList());
  }

  @ParameterizedTest
  @CsvSource({"ACTIVE,3", "DISABLED,2", "DISABLED,5"})
  void listsEveryUserOfAPrefixAndAStatus(UserStatus status, int limit) {
    assertThat(walk(query(Optional.of(family), Optional.of(status), limit)))
        .isEqualTo(
            added.stream().filter(user -> user.status() == status).sorted(BY_ADDRESS).toList());
  }

  @Test
  void listsEveryUserOnceInTheOrderOfIds() {
    List<User> all = walk(query(Optional.empty(), Optional.empty(), 10));

    assertThat(all).isSortedAccordingTo(BY_ID).doesNotHaveDuplicates();
    assertThat(ours(all)).isEqualTo(added.stream().sorted(BY_ID).toList());
  }

  @Test
  void listsEveryUserOfAStatusInTheOrderOfIds() {
    Predicate<User> wanted = user -> user.status() == UserStatus.DISABLED;

    List<User> all = walk(query(Optional.empty(), Optional.of(UserStatus.DISABLED), 3));

    assertThat(all).isSortedAccordingTo(BY_ID).allMatch(wanted);
    assertThat(ours(all)).isEqualTo(added.stream().filter(wanted).sorted(BY_ID).toList());
  }

  @Test
  void findsTheOneUserOfAnAddress() {
    User user = added.get(1);
    EmailAddress email = EmailAddress.parse(user.email().value());

    assertThat(users().search(exactly(email, Optional.empty(), Optional.empty())))
        .containsExactly(user);
    assertThat(users().search(exactly(email, Optional.of(family), Optional.of(UserStatus.ACTIVE))))
        .containsExactly(user);
    assertThat(users().search(exactly(email, Optional.of("other"), Optional.empty()))).isEmpty();
    assertThat(users().search(exactly(email, Optional.empty(), Optional.of(UserStatus.DISABLED))))
        .isEmpty();
    assertThat(
            users()
                .search(
                    exactly(
                        EmailAddress.parse(Sample.email()), Optional.empty(), Optional.empty())))
        .isEmpty();
  }

  @Test
  void takesPatternCharactersForWhatTheyAre() {
    assertThat(walk(query(Optional.of("family_"), Optional.empty(), 10))).isEmpty();
    assertThat(walk(query(Optional.of("%"), Optional.empty(), 10))).isEmpty();
  }

  private List<User> walk(UserQuery first) {
    var search = new SearchUsers(users());
    var seen = new ArrayList<User>();
    Optional<UserQuery> query = Optional.of(first);
    while (query.isPresent()) {
      UserQuery asked = query.get();
      SearchUsers.Page page = search.page(asked);
      assertThat(page.users()).hasSizeLessThanOrEqualTo(asked.limit());
      seen.addAll(page.users());
      query =
          page.next()
              .map(
                  next ->
                      new UserQuery(
                          asked.email(),
                          asked.prefix(),
                          asked.status(),
                          asked.limit(),
                          Optional.of(next)));
    }
    return seen;
  }

  private List<User> ours(List<User> all) {
    return all.stream().filter(user -> user.email().canonical().startsWith(family)).toList();
  }

  private static UserQuery query(Optional<String> prefix, Optional<UserStatus> status, int limit) {
    return new UserQuery(
        Optional.empty(), prefix.map(EmailPrefix::parse), status, limit, Optional.empty());
  }

  private static UserQuery exactly(
      EmailAddress email, Optional<String> prefix, Optional<UserStatus> status) {
    return new UserQuery(
        Optional.of(email), prefix.map(EmailPrefix::parse), status, 10, Optional.empty());
  }

  private User disabled(User user) {
    User disabled =
        new User(
            user.id(),
            user.email(),
            user.profile(),
            user.emailVerified(),
            UserStatus.DISABLED,
            user.roles(),
            user.createdAt(),
            user.updatedAt(),
            user.version() + 1);
    return users().update(disabled).user();
  }
}
