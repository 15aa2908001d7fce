package dev.gatehouse.testkit.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.id.TimeOrderedIds;
import dev.gatehouse.accounts.transfer.ExportUsers;
import dev.gatehouse.accounts.transfer.ImportId;
import dev.gatehouse.accounts.transfer.ImportProgress;
import dev.gatehouse.accounts.transfer.ImportUsers;
import dev.gatehouse.accounts.transfer.ImportUsers.Line;
import dev.gatehouse.accounts.transfer.Reject;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.testkit.ManualTime;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImportUsersTest {
  private static final ImportId FILE = new ImportId("file:1:00");
  private static final UserRecord ADA =
      record(
          "0198F3C4-0000-7000-8000-000000000001",
          "Ada@Example.org",
          "active",
          List.of("admin"),
          "$hash",
          "2020-01-31T13:00:00+01:00");

  private final ManualTime time = ManualTime.atNoon();
  private final InMemoryAccounts accounts = new InMemoryAccounts(time);
  private final InMemoryAuditLog audit = new InMemoryAuditLog();
  private final List<ImportProgress> told = new ArrayList<>();
  private final ImportUsers importUsers =
      new ImportUsers(
          new InMemoryUserImports(accounts.users()),
          new PlainHashes(),
          audit,
          new TimeOrderedIds(time, new SecureRandom()),
          time);

  @Test
  void takesInWhatALineSays() throws IOException {
    importUsers.run(FILE, new Listed(List.of(ADA)), told::add, Sample.ORIGIN);

    User ada =
        accounts
            .users()
            .findCredentials(EmailAddress.parse("ada@example.org"))
            .orElseThrow()
            .user();
    assertThat(ada.id()).hasToString("0198f3c4-0000-7000-8000-000000000001");
    assertThat(ada.email().value()).isEqualTo("Ada@example.org");
    assertThat(ada.emailVerified()).isTrue();
    assertThat(ada.status()).isEqualTo(UserStatus.ACTIVE);
    assertThat(ada.roles()).containsExactly(Role.ADMIN);
    assertThat(ada.createdAt()).isEqualTo(Instant.parse("2020-01-31T12:00:00Z"));
    assertThat(ada.updatedAt()).isEqualTo(time.instant());
    assertThat(audit.events())
        .extracting(AuditEvent::kind, AuditEvent::actor, AuditEvent::subject)
        .containsExactly(tuple(AuditEvent.Kind.USERS_IMPORTED, "operator", FILE.text()));
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-02T03:04:05.123456Z, 2020-01-02T03:04:05.123456Z",
    "2020-01-02t03:04:05z, 2020-01-02T03:04:05Z",
    "2020-01-02 03:04:05.123456+00, 2020-01-02T03:04:05.123456Z",
    "2020-01-02 03:04:05+00, 2020-01-02T03:04:05Z",
    "2020-01-02 03:04:05.1+05:30, 2020-01-01T21:34:05.1Z",
    "2020-01-02 03:04:05 +0530, 2020-01-01T21:34:05Z",
    "2020-01-02 03:04:05-08, 2020-01-02T11:04:05Z",
    "1971-01-02 03:04:05-00:44:30, 1971-01-02T03:48:35Z",
    "2020-01-02 03:04:05Z, 2020-01-02T03:04:05Z",
    "2020-01-02 03:04:05 UTC, 2020-01-02T03:04:05Z"
  })
  void readsTimesAsDatabasesWriteThem(String written, String time) throws IOException {
    var record =
        record(ADA.id().orElseThrow(), "ada@example.org", " Active ", List.of(), "$hash", written);

    importUsers.run(FILE, new Listed(List.of(record)), told::add, Sample.ORIGIN);

    assertThat(told.getLast().latest()).isEmpty();
    User ada =
        accounts
            .users()
            .findCredentials(EmailAddress.parse("ada@example.org"))
            .orElseThrow()
            .user();
    assertThat(ada.createdAt()).isEqualTo(Instant.parse(time));
    assertThat(ada.status()).isEqualTo(UserStatus.ACTIVE);
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-02 03:04:05, no offset",
    "2020-01-02T03:04:05.123, no offset",
    "2020-01-02, no offset",
    "1577934245, not a time",
    "infinity, not a time",
    "2020-13-02 03:04:05+00, not a time",
    "1969-12-31T23:59:59Z, before 1970",
    "2096-01-31T12:00:00Z, in the future"
  })
  void namesWhatIsWrongWithATime(String written, String cause) throws IOException {
    var record =
        record(ADA.id().orElseThrow(), "ada@example.org", "active", List.of(), "$hash", written);

    importUsers.run(FILE, new Listed(List.of(record)), told::add, Sample.ORIGIN);

    assertThat(told.getLast().latest())
        .singleElement()
        .satisfies(reject -> assertThat(reject.faults().getFirst().message()).contains(cause));
  }

  record Faulty(String what, String field, String code, UserRecord record) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Faulty> faulty() {
    String id = "0198f3c4-0000-7000-8000-000000000002";
    String email = "eve@example.org";
    String noon = "2020-01-31T12:00:00Z";
    List<String> none = List.of();
    List<String> many = LongStream.range(0, 17).mapToObj(n -> "r" + n).toList();
    return Stream.of(
        new Faulty(
            "short id", "id", "invalid", record("1-1-1-1-1", email, "active", none, "$", noon)),
        new Faulty(
            "nil id", "id", "invalid", record("0-0-0-0-0", email, "active", none, "$", noon)),
        new Faulty(
            "nil id in full",
            "id",
            "invalid",
            record("00000000-0000-0000-0000-000000000000", email, "active", none, "$", noon)),
        new Faulty("no address", "email", "invalid", record(id, "eve", "active", none, "$", noon)),
        new Faulty(
            "strange status", "status", "invalid", record(id, email, "enabled", none, "$", noon)),
        new Faulty(
            "strange role",
            "roles",
            "invalid",
            record(id, email, "active", List.of(""), "$", noon)),
        new Faulty(
            "role twice",
            "roles",
            "duplicate",
            record(id, email, "active", List.of("a", "a"), "$", noon)),
        new Faulty(
            "too many roles", "roles", "too_many", record(id, email, "active", many, "$", noon)),
        new Faulty(
            "strange hash",
            "password_hash",
            "invalid",
            record(id, email, "active", none, "secret", noon)),
        new Faulty(
            "future",
            "created_at",
            "invalid",
            record(id, email, "active", none, "$", "2096-01-31T12:00:00Z")),
        new Faulty(
            "past",
            "created_at",
            "invalid",
            record(id, email, "active", none, "$", "1969-12-31T23:59:59Z")),
        new Faulty(
            "no time",
            "created_at",
            "invalid",
            record(id, email, "active", none, "$", "yesterday")),
        new Faulty("no hash", "password_hash", "required", onlyEmail(Optional.of(email))),
        new Faulty("nothing", "email", "required", onlyEmail(Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void rejectsALineThatBreaksARule(Faulty faulty) throws IOException {
    ImportProgress done =
        importUsers.run(FILE, new Listed(List.of(ADA, faulty.record())), told::add, Sample.ORIGIN);

    assertThat(done.imported()).isEqualTo(1);
    assertThat(done.latest()).singleElement().extracting(Reject::line).isEqualTo(2L);
    FieldError first = done.latest().getFirst().faults().getFirst();
    assertThat(first.field()).isEqualTo(faulty.field());
    assertThat(first.code()).isEqualTo(faulty.code());
  }

  @Test
  void goesOnWhereItWasBrokenOffAndDoesEveryLineOnce() throws IOException {
    var records = new ArrayList<UserRecord>();
    for (int n = 0; n < 2_000; n++) {
      boolean faulty = n % 100 == 7;
      records.add(faulty ? onlyEmail(Optional.empty()) : plain("user" + n + "@example.org"));
    }
    assertThatThrownBy(
            () -> importUsers.run(FILE, new Listed(records, 1_250), told::add, Sample.ORIGIN))
        .isInstanceOf(IOException.class);
    assertThat(told).extracting(ImportProgress::line).containsExactly(500L, 1_000L);
    told.clear();

    ImportProgress done = importUsers.run(FILE, new Listed(records), told::add, Sample.ORIGIN);

    assertThat(told).extracting(ImportProgress::line).containsExactly(1_000L, 1_500L, 2_000L);
    assertThat(told.stream().flatMap(progress -> progress.latest().stream()))
        .extracting(Reject::line)
        .containsExactlyElementsOf(
            LongStream.range(5, 20).mapToObj(hundred -> hundred * 100 + 8).toList());
    assertThat(done.imported()).isEqualTo(1_980);
    assertThat(done.rejected()).isEqualTo(20);
    assertThat(importUsers.run(FILE, new Listed(records), told::add, Sample.ORIGIN))
        .isEqualTo(done);
  }

  @Test
  void listsUnreadableLinesAndPassesOverBlankOnes() throws IOException {
    var lines = new ArrayList<Line>();
    lines.add(new Line.Blank(1));
    lines.add(new Line.Unreadable(2, List.of(new FieldError("line", "too_long", "Too long."))));
    lines.add(new Line.Blank(3));

    ImportProgress done =
        importUsers.run(FILE, new Listed(lines, Long.MAX_VALUE, 0), told::add, Sample.ORIGIN);

    assertThat(done.line()).isEqualTo(3);
    assertThat(done.imported()).isZero();
    assertThat(done.latest()).extracting(Reject::line).containsExactly(2L);
  }

  @Test
  void givesOutAllUsersAfterOneWithOrWithoutHashes() throws IOException {
    var records = new ArrayList<UserRecord>();
    for (int n = 0; n < 450; n++) {
      records.add(plain("user" + n + "@example.org"));
    }
    importUsers.run(FILE, new Listed(records), told::add, Sample.ORIGIN);
    var export =
        new ExportUsers(
            accounts.users(), new InMemoryUserExports(accounts.users()), new PlainHashes(), audit);

    for (boolean withHashes : List.of(true, false)) {
      var all = new ArrayList<User>();
      export.run(
          Optional.empty(),
          withHashes,
          (user, hash) -> {
            all.add(user);
            assertThat(hash).isEqualTo(withHashes ? Optional.of("$hash") : Optional.empty());
          },
          Sample.ORIGIN);
      assertThat(all).hasSize(450).extracting(user -> user.id().toString()).isSorted();

      var rest = new ArrayList<User>();
      export.run(
          Optional.of(all.get(99).id()), withHashes, (user, _) -> rest.add(user), Sample.ORIGIN);
      assertThat(rest).isEqualTo(all.subList(100, 450));
    }
    assertThat(audit.kinds()).contains(AuditEvent.Kind.USERS_EXPORTED);
  }

  private static UserRecord plain(String email) {
    return new UserRecord(
        Optional.empty(),
        Optional.of(email),
        ProfileInput.NONE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of("$hash"),
        Optional.empty());
  }

  private static UserRecord onlyEmail(Optional<String> email) {
    return new UserRecord(
        Optional.empty(),
        email,
        ProfileInput.NONE,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static UserRecord record(
      String id, String email, String status, List<String> roles, String hash, String createdAt) {
    return new UserRecord(
        Optional.of(id),
        Optional.of(email),
        ProfileInput.of(Profile.Field.DISPLAY_NAME, Optional.of("Ada")),
        Optional.of(true),
        Optional.of(status),
        roles,
        Optional.of(hash),
        Optional.of(createdAt));
  }

  /// Lines that break off at one of them.
  private static final class Listed implements ImportUsers.Lines {
    private final List<Line> lines;
    private final long breaksAt;
    private int next;

    Listed(List<UserRecord> records) {
      this(records, Long.MAX_VALUE);
    }

    Listed(List<UserRecord> records, long breaksAt) {
      this(
          LongStream.range(0, records.size())
              .<Line>mapToObj(n -> new Line.Filled(n + 1, records.get((int) n)))
              .toList(),
          breaksAt,
          0);
    }

    Listed(List<Line> lines, long breaksAt, int next) {
      this.lines = lines;
      this.breaksAt = breaksAt;
      this.next = next;
    }

    @Override
    public void skip(long line) {
      next = (int) line;
    }

    @Override
    public Optional<Line> next() throws IOException {
      if (next == breaksAt) {
        throw new IOException("broken off");
      }
      return next < lines.size() ? Optional.of(lines.get(next++)) : Optional.empty();
    }
  }
}
