package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.transfer.ImportBatch;
import dev.gatehouse.accounts.transfer.ImportBatch.Entry;
import dev.gatehouse.accounts.transfer.ImportId;
import dev.gatehouse.accounts.transfer.ImportProgress;
import dev.gatehouse.accounts.transfer.Reject;
import dev.gatehouse.accounts.transfer.UserExports;
import dev.gatehouse.accounts.transfer.UserImports;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.ErrorCode;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/// The contract of bulk import and export.
public abstract class UserTransferContract {
  private static final List<FieldError> FAULT =
      List.of(
          new FieldError("email", "invalid", "It is not an email address."),
          new FieldError("roles", "duplicate", "A role is named twice."));

  private final ImportId file = new ImportId("file:" + Sample.id());

  /// The store under test; may hold other users.
  protected abstract Users users();

  /// Imports users into the store.
  protected abstract UserImports imports();

  /// Exports users from the store.
  protected abstract UserExports exports();

  @Test
  void addsEveryUserOfABatchAsItIs() {
    NewUser plain =
        new NewUser(
            new UserId(Sample.id()),
            EmailAddress.parse(Sample.email()),
            Profile.EMPTY,
            false,
            UserStatus.DISABLED,
            Set.of(),
            Optional.empty());
    NewUser rich =
        new NewUser(
            new UserId(Sample.id()),
            EmailAddress.parse("Zoë." + Sample.email()),
            Sample.user().profile(),
            true,
            UserStatus.ACTIVE,
            Set.of(Role.ADMIN, new Role("billing")),
            Optional.of(Sample.NOON));

    ImportProgress done = add(ImportProgress.NONE, 2, entry(1, plain), entry(2, rich));

    assertThat(done).isEqualTo(new ImportProgress(2, 2, 0, List.of()));
    for (NewUser user : List.of(plain, rich)) {
      Credentials stored = users().findCredentials(user.id()).orElseThrow();
      assertThat(stored).isEqualTo(account(user.storedAt(stored.user().updatedAt())));
      assertThat(stored.user().updatedAt()).isAfter(Sample.NOON);
    }
  }

  @Test
  void rejectsWhatOthersAreInTheWayOfAndAddsTheRest() {
    User before = users().add(Sample.newUser(), Sample.hash("before"));
    NewUser sameAddress = Sample.newUser(before.email().value().toUpperCase(Locale.ROOT));
    NewUser sameId = withId(Sample.newUser(), before.id());
    NewUser first = Sample.newUser();
    NewUser twin = Sample.newUser(first.email().value());

    ImportProgress done =
        add(
            ImportProgress.NONE,
            9,
            entry(1, sameAddress),
            entry(2, sameId),
            entry(4, first),
            entry(5, twin),
            entry(6, first));

    assertThat(done.imported()).isEqualTo(1);
    assertThat(done.rejected()).isEqualTo(4);
    assertThat(done.latest()).extracting(Reject::line).containsExactly(1L, 2L, 5L, 6L);
    assertThat(done.latest())
        .extracting(reject -> reject.faults().getFirst())
        .extracting(FieldError::field, FieldError::code)
        .containsExactly(taken("email"), taken("id"), taken("email"), taken("email"));
    assertThat(users().findCredentials(before.id()))
        .contains(new Credentials(before, Sample.hash("before")));
    assertThat(users().find(first.id())).isPresent();
    assertThat(users().find(twin.id())).isEmpty();
  }

  @Test
  void remembersHowFarItHasComeAndTheLatestRejects() {
    NewUser user = Sample.newUser();
    ImportProgress first =
        imports()
            .add(
                file,
                new ImportBatch(
                    ImportProgress.NONE,
                    3,
                    List.of(entry(2, user)),
                    List.of(new Reject(3, FAULT))));
    assertThat(first).isEqualTo(new ImportProgress(3, 1, 1, List.of(new Reject(3, FAULT))));
    assertThat(imports().find(file)).isEqualTo(first);

    ImportProgress second =
        imports()
            .add(
                file,
                new ImportBatch(
                    first,
                    5,
                    List.of(),
                    List.of(new Reject(4, FAULT), new Reject(5, FAULT.subList(0, 1)))));
    assertThat(second.imported()).isEqualTo(1);
    assertThat(second.rejected()).isEqualTo(3);
    assertThat(imports().find(file)).isEqualTo(second);
  }

  @Test
  void addsNothingWhenAnotherRunHasComeFurther() {
    add(ImportProgress.NONE, 1, entry(1, Sample.newUser()));
    NewUser late = Sample.newUser();

    for (ImportProgress stale :
        List.of(ImportProgress.NONE, new ImportProgress(7, 7, 0, List.of()))) {
      assertThatThrownBy(() -> add(stale, 9, entry(8, late)))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.STALE_VERSION));
    }
    assertThat(users().find(late.id())).isEmpty();
    assertThat(imports().find(file).line()).isEqualTo(1);
  }

  @Test
  void forgetsAnImportButNotItsUsers() {
    NewUser user = Sample.newUser();
    add(ImportProgress.NONE, 1, entry(1, user));

    imports().forget(file);

    assertThat(imports().find(file)).isEqualTo(ImportProgress.NONE);
    assertThat(users().find(user.id())).isPresent();
    assertThat(add(ImportProgress.NONE, 1, entry(1, user)).rejected()).isEqualTo(1);
  }

  @Test
  void remembersTheNewestHundred() {
    add(ImportProgress.NONE, 1);
    ImportId latest = file;
    for (int n = 0; n < 100; n++) {
      latest = new ImportId("file:%d:%s".formatted(n, Sample.id()));
      imports().add(latest, new ImportBatch(ImportProgress.NONE, 1, List.of(), List.of()));
    }

    assertThat(imports().find(latest).line()).isEqualTo(1);
    assertThat(imports().find(file)).isEqualTo(ImportProgress.NONE);
  }

  @Test
  void givesOutEveryAccountOnceInTheOrderOfIds() {
    var added = new ArrayList<Credentials>();
    for (int n = 0; n < 25; n++) {
      User user = users().add(Sample.newUser(), Sample.hash("any"));
      added.add(account(user));
    }

    var all = new ArrayList<Credentials>();
    List<Credentials> page = exports().page(Optional.empty(), 10);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(10);
      all.addAll(page);
      page = exports().page(Optional.of(page.getLast().user().id()), 10);
    }

    assertThat(all).extracting(account -> account.user().id().toString()).isSorted();
    assertThat(all).doesNotHaveDuplicates().containsAll(added);
  }

  private ImportProgress add(ImportProgress before, long line, Entry... entries) {
    return imports().add(file, new ImportBatch(before, line, List.of(entries), List.of()));
  }

  private static Entry entry(long line, NewUser user) {
    return new Entry(line, user, Sample.hash("any"));
  }

  private static Credentials account(User user) {
    return new Credentials(user, Sample.hash("any"));
  }

  private static Tuple taken(String field) {
    return Tuple.tuple(field, field.equals("email") ? ErrorCode.EMAIL_TAKEN.name() : "taken");
  }

  private static NewUser withId(NewUser user, UserId id) {
    return new NewUser(
        id,
        user.email(),
        user.profile(),
        user.emailVerified(),
        user.status(),
        user.roles(),
        user.createdAt());
  }
}
