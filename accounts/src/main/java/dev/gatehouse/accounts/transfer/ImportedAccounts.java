package dev.gatehouse.accounts.transfer;

import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PortableHashes;
import dev.gatehouse.accounts.profile.UserChange;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.FieldValidation;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.Role;
import dev.gatehouse.accounts.user.UserRecord;
import dev.gatehouse.accounts.user.UserStatus;
import dev.gatehouse.accounts.user.WrittenTimes;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Makes accounts of records, by the rules of a registration. An account without a password hash is
/// refused: no one could ever sign in to it, and anyone who made up a password for it would have to
/// tell it.
///
/// @param hashes decides which hashes are taken in
/// @param ids gives those that a file does not
/// @param time tells whether an account claims to be from the future
record ImportedAccounts(PortableHashes hashes, Ids ids, InstantSource time) {
  /// Lists of users begin after it.
  private static final UUID NIL = new UUID(0, 0);

  /// The account of a line.
  ///
  /// @throws InvalidFields naming every field at fault
  ImportBatch.Entry entry(long line, UserRecord record) {
    var faults = new ArrayList<FieldError>();
    Instant now = time.instant();
    Optional<UserId> id = record.id().flatMap(text -> FieldValidation.read(text, this::id, faults));
    Optional<EmailAddress> email =
        FieldValidation.read(
            record.email(), text -> EmailAddress.parse(given("email", text)), faults);
    Optional<Profile> profile =
        FieldValidation.read(record.profile(), input -> input.validated().values(), faults);
    Optional<UserStatus> status =
        record
            .status()
            .flatMap(text -> FieldValidation.read(text, ImportedAccounts::status, faults));
    Optional<Set<Role>> roles = FieldValidation.read(record.roles(), this::roles, faults);
    Optional<Instant> createdAt =
        record
            .createdAt()
            .flatMap(text -> FieldValidation.read(text, at -> WrittenTimes.read(at, now), faults));
    Optional<PasswordHash> hash = FieldValidation.read(record.passwordHash(), this::hash, faults);
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
    var user =
        new NewUser(
            id.orElseGet(() -> new UserId(ids.next())),
            email.orElseThrow(),
            profile.orElseThrow(),
            record.emailVerified().orElse(false),
            status.orElse(UserStatus.ACTIVE),
            roles.orElseThrow(),
            createdAt);
    return new ImportBatch.Entry(line, user, hash.orElseThrow());
  }

  private UserId id(String text) {
    try {
      var id = UUID.fromString(text);
      // The JDK reads shortened groups too.
      if (id.toString().equals(text.toLowerCase(Locale.ROOT)) && !id.equals(NIL)) {
        return new UserId(id);
      }
    } catch (IllegalArgumentException notAnId) {
      throw invalidId();
    }
    throw invalidId();
  }

  private Set<Role> roles(List<String> names) {
    return UserChange.of(Role.all(names)).roles().orElseThrow();
  }

  private PasswordHash hash(Optional<String> written) {
    String text = given("password_hash", written).strip();
    return hashes
        .accept(text)
        .orElseThrow(() -> InvalidFields.of("password_hash", "invalid", hashes.fault(text)));
  }

  /// Other systems write it in capitals too.
  private static UserStatus status(String text) {
    return UserStatus.parse(text.strip().toLowerCase(Locale.ROOT));
  }

  private static String given(String field, Optional<String> text) {
    return text.orElseThrow(() -> InvalidFields.of(field, "required", "The field is required."));
  }

  private static InvalidFields invalidId() {
    return InvalidFields.of("id", "invalid", "It is not a UUID.");
  }
}
