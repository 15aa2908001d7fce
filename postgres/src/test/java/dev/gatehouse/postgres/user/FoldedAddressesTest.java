package dev.gatehouse.postgres.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.postgres.database.OpenDatabase;
import dev.gatehouse.postgres.database.Sql;
import dev.gatehouse.testkit.accounts.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows that a release without case folding wrote: `email_compared` is in lower case.
final class FoldedAddressesTest {
  @RegisterExtension static final OpenDatabase DATABASE = new OpenDatabase();

  private static final Sql STORE_UNFOLDED =
      Sql.of("UPDATE users SET email_compared = :unfolded WHERE id = :id");

  private static final Sql STORED = Sql.of("SELECT email_compared FROM users WHERE id = :id");

  private static final Sql FOLD =
      Sql.of("SELECT email_folded(given) AS folded FROM unnest(:given::text[]) AS given");

  private final PostgresUsers users = new PostgresUsers(DATABASE.get());

  @ParameterizedTest
  @CsvSource({
    "ΝΙΚΟΣ.Α, νικος.α",
    "νικος.α, ΝΙΚΟΣ.Α",
    "ſophie, SOPHIE",
    "sophie, ſophie",
    "ᏣᎳᎩ, ꮳꮃꭹ",
  })
  void findsARowOfAnEarlierReleaseUnderEverySpelling(String registered, String typed) {
    String domain = UUID.randomUUID() + ".example";
    User user = storedUnfolded(registered + "@" + domain);
    EmailAddress other = EmailAddress.parse(typed + "@" + domain);

    assertThat(users.isTaken(other)).isTrue();
    assertThat(users.findCredentials(other).orElseThrow().user().id()).isEqualTo(user.id());
    assertThat(users.findCredentials(user.email()).orElseThrow().user().id()).isEqualTo(user.id());
  }

  @Test
  void refusesASecondAccountInAnotherSpelling() {
    String domain = UUID.randomUUID() + ".example";
    users.add(Sample.newUser("ΝΙΚΟΣ.Α@" + domain), Sample.hash("one"));

    assertThatThrownBy(() -> users.add(Sample.newUser("νικος.α@" + domain), Sample.hash("two")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.EMAIL_TAKEN));
  }

  @Test
  void findsEachOfTwoThatCollideBySpelling() {
    String domain = UUID.randomUUID() + ".example";
    User sigma = storedUnfolded("νικοσ.α@" + domain);
    User finalSigma = storedUnfolded("νικος.α@" + domain);

    assertThat(found("νικος.α@" + domain)).isEqualTo(finalSigma.id().value());
    assertThat(found("νικοσ.α@" + domain)).isEqualTo(sigma.id().value());
    assertThat(found("ΝΙΚΟΣ.Α@" + domain)).isEqualTo(sigma.id().value());
  }

  @Test
  void keepsTheStoredFormWhenAnotherFieldChanges() {
    User user = storedUnfolded("νικος.α@" + UUID.randomUUID() + ".example");
    User known = users.find(user.id()).orElseThrow();

    users.update(known.with(Profile.EMPTY));

    assertThat(compared(user)).isEqualTo(user.email().unfolded());
  }

  @Test
  void foldsInTheDatabaseAsInJava() {
    List<String> letters = new ArrayList<>();
    for (int codePoint = 0x80; codePoint < 0x20000; codePoint++) {
      int type = Character.getType(codePoint);
      if (Character.isLetter(codePoint) || type == Character.NON_SPACING_MARK) {
        letters.add(unfolded(Character.toString(codePoint)));
      }
    }
    List<String> expected =
        letters.stream().map(each -> EmailAddress.stored("", each).canonical()).toList();

    var call = FOLD.with("given", letters.toArray(String[]::new));
    List<String> folded =
        DATABASE.get().read(statements -> statements.query(call, row -> row.getString("folded")));
    assertThat(folded).isEqualTo(expected);
    assertThat(expected).isNotEqualTo(letters);
  }

  /// The form in which a release without folding stored a local part.
  private static String unfolded(String local) {
    return new EmailAddress(local + "@x", "").unfolded().replace("@x", "");
  }

  private UUID found(String email) {
    return users.findCredentials(EmailAddress.parse(email)).orElseThrow().user().id().value();
  }

  private User storedUnfolded(String email) {
    User user = users.add(Sample.newUser(UUID.randomUUID() + "@example.org"), Sample.hash("one"));
    var address = EmailAddress.parse(email);
    var call = STORE_UNFOLDED.with("unfolded", address.unfolded()).and("id", user.id().value());
    assertThat(DATABASE.get().<Integer>write(statements -> statements.update(call))).isOne();
    return user.movedTo(address);
  }

  private static String compared(User user) {
    var call = STORED.with("id", user.id().value());
    return DATABASE
        .get()
        .read(statements -> statements.first(call, row -> row.getString("email_compared")))
        .orElseThrow();
  }
}
