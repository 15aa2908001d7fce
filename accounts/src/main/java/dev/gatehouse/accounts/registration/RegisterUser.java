package dev.gatehouse.accounts.registration;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.Ids;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.user.DisplayName;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.FieldValidation;
import dev.gatehouse.accounts.user.NewUser;
import dev.gatehouse.accounts.user.PasswordPolicy;
import dev.gatehouse.accounts.user.Profile;
import dev.gatehouse.accounts.user.ProfileInput;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes a new account. Thread-safe.
public final class RegisterUser {
  private final Users users;
  private final PasswordHasher hasher;
  private final PasswordPolicy policy;
  private final AuditLog audit;
  private final Ids ids;
  private final RegistrationListener listener;
  private final Supplier<RegistrationMode> mode;

  /// @param mode who may register at this moment
  public RegisterUser(
      Users users,
      PasswordHasher hasher,
      PasswordPolicy policy,
      AuditLog audit,
      Ids ids,
      RegistrationListener listener,
      Supplier<RegistrationMode> mode) {
    this.users = users;
    this.hasher = hasher;
    this.policy = policy;
    this.audit = audit;
    this.ids = ids;
    this.listener = listener;
    this.mode = mode;
  }

  /// The data that a new account needs.
  public record RegistrationRequest(String email, String password, ProfileInput profile) {
    @Override
    public String toString() {
      return "RegistrationRequest[redacted]";
    }
  }

  /// Registers a user. Everything that can be refused without work is refused before the password
  /// is hashed, an address that is taken included: the store says so either way, so nothing is
  /// hidden by paying for a hash first.
  ///
  /// @throws InvalidFields naming every field at fault
  /// @throws Refusal `REGISTRATION_CLOSED`, `EMAIL_TAKEN`
  /// @throws Unavailable when hasher or store cannot serve
  public User register(RegistrationRequest application, Origin origin) {
    return reported(() -> enter(applicant(application), users::add, origin));
  }

  /// Performs a registration and reports it to the listener if it fails; [#enter] reports success.
  User reported(Supplier<User> registration) {
    try {
      return registration.get();
    } catch (RuntimeException | Error failed) {
      listener.ended(RegistrationListener.Result.of(failed));
      throw failed;
    }
  }

  /// An application found acceptable, and the id of the user it may become.
  record ValidatedRegistration(UserId id, EmailAddress email, Profile profile, Password password) {}

  /// The first step: looks at everything that can be refused without work.
  ValidatedRegistration applicant(RegistrationRequest application) {
    if (mode.get() == RegistrationMode.CLOSED) {
      throw Refusal.registrationClosed();
    }
    var faults = new ArrayList<FieldError>();
    Optional<EmailAddress> email =
        FieldValidation.read(application.email(), EmailAddress::parse, faults);
    Optional<Profile> profile =
        FieldValidation.read(application.profile(), RegisterUser::profile, faults);
    var password = new Password(application.password());
    requireAcceptable(password, email, profile.flatMap(Profile::displayName), faults);

    EmailAddress address = email.orElseThrow();
    if (users.isTaken(address)) {
      throw Refusal.emailTaken();
    }
    return new ValidatedRegistration(
        new UserId(ids.next()), address, profile.orElseThrow(), password);
  }

  /// The profile of a new account.
  ///
  /// @throws InvalidFields naming every field at fault
  static Profile profile(ProfileInput input) {
    return input.validated().values();
  }

  /// How a new user gets into the store, or is found to have got there before.
  @FunctionalInterface
  interface Addition {
    /// Adds the user.
    ///
    /// @return the user that came of the request, this one or the earlier one
    User add(NewUser user, PasswordHash hash);
  }

  /// The costly step: hashes the password and stores the user.
  User enter(ValidatedRegistration applicant, Addition addition, Origin origin) {
    var hash = hasher.hash(applicant.password(), PasswordHasher.Trust.NORMAL);
    var user = NewUser.registered(applicant.id(), applicant.email(), applicant.profile());
    User registered = addition.add(user, hash);
    if (registered.id().equals(user.id())) {
      audit.record(AuditEvent.about(AuditEvent.Kind.USER_REGISTERED, user.id(), origin));
      listener.ended(RegistrationListener.Result.SUCCESS);
    }
    return registered;
  }

  private void requireAcceptable(
      Password password,
      Optional<EmailAddress> email,
      Optional<DisplayName> name,
      List<FieldError> faults) {
    var passwordFaults = policy.faults("password", password, email, name);
    if (faults.isEmpty() && PasswordPolicy.isMerelyWeak(passwordFaults)) {
      throw InvalidFields.weakPassword(passwordFaults);
    }
    faults.addAll(passwordFaults);
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
  }
}
