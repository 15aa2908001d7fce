package dev.gatehouse.accounts.signin;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.Fingerprints;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.accounts.password.Password;
import dev.gatehouse.accounts.password.PasswordHash;
import dev.gatehouse.accounts.password.PasswordHasher;
import dev.gatehouse.accounts.password.PasswordHasher.Trust;
import dev.gatehouse.accounts.user.Credentials;
import dev.gatehouse.accounts.user.EmailAddress;
import dev.gatehouse.accounts.user.User;
import dev.gatehouse.accounts.user.Users;
import dev.gatehouse.errors.InvalidFields;
import dev.gatehouse.errors.Refusal;
import dev.gatehouse.errors.Unavailable;
import java.util.Optional;

/// Decides whether someone is who they say they are, by password. Unknown, wrong, disabled and
/// over-long all get the same refusal after the same work, so that neither response nor time tells
/// which addresses have an account. What fails is put on record. Thread-safe.
public final class Authenticate {
  private static final int MAX_NAME = 256;

  private final Users users;
  private final PasswordHasher hasher;
  private final FailedSignIns history;
  private final SignInLimits limits;
  private final Fingerprints fingerprints;
  private final AuditLog audit;

  public Authenticate(
      Users users,
      PasswordHasher hasher,
      FailedSignIns history,
      SignInLimits limits,
      Fingerprints fingerprints,
      AuditLog audit) {
    this.users = users;
    this.hasher = hasher;
    this.history = history;
    this.limits = limits;
    this.fingerprints = fingerprints;
    this.audit = audit;
  }

  /// Checks an address and a password. A stored form that is weaker than today's is replaced.
  ///
  /// @return the user with the form of the password that is stored now
  /// @throws Refusal `INVALID_CREDENTIALS`
  /// @throws Unavailable when hasher or store cannot serve, or after too many attempts
  public Credentials byEmail(String email, String password, Origin origin) {
    Optional<EmailAddress> address = parse(email);
    String account = address.map(EmailAddress::canonical).orElseGet(() -> bounded(email));
    limits.signingIn(account, origin);
    Optional<Credentials> found = address.flatMap(users::findCredentials);
    return check(found, account, new Password(password), origin)
        .orElseThrow(
            () -> refused(Refusal.invalidCredentials(), failedSignIn(found, account, origin)));
  }

  /// Checks the password of a signed-in user, before something grave is done.
  ///
  /// @throws Refusal `WRONG_PASSWORD`, or `INVALID_TOKEN` when the account is gone or disabled
  /// @throws Unavailable when hasher or store cannot serve, or after too many attempts
  public Credentials byId(UserId id, String password, Origin origin) {
    limits.confirming(id, origin);
    Credentials found = users.findCredentials(id).orElseThrow(Refusal::invalidToken);
    String account = found.user().email().canonical();
    return check(Optional.of(found), account, new Password(password), origin)
        .orElseThrow(
            () ->
                refused(
                    found.user().active() ? Refusal.wrongPassword() : Refusal.invalidToken(),
                    AuditEvent.by(AuditEvent.Kind.PASSWORD_CHECK_FAILED, id, origin)));
  }

  private Optional<Credentials> check(
      Optional<Credentials> found, String account, Password password, Origin origin) {
    Trust standing = history.standing(account, origin.ip());
    if (found.isEmpty() || password.tooLong()) {
      hasher.verifyDummy(standing);
      history.failed(account, origin.ip());
      return Optional.empty();
    }
    Credentials credentials = found.get();
    var verdict = hasher.verify(password, credentials.passwordHash(), standing);
    if (!verdict.matches() || !credentials.user().active()) {
      history.failed(account, origin.ip());
      return Optional.empty();
    }
    history.succeeded(account, origin.ip());
    limits.succeeded(account, origin.ip());
    return Optional.of(verdict.outdated() ? renewed(credentials, password, standing) : credentials);
  }

  private Refusal refused(Refusal refusal, AuditEvent failure) {
    audit.record(failure);
    return refusal;
  }

  /// An address without an account may be anybody's, or a password typed into the wrong field: of
  /// it only a fingerprint is put on record, enough to see the same one tried again.
  private AuditEvent failedSignIn(Optional<Credentials> found, String account, Origin origin) {
    String subject =
        found
            .map(credentials -> credentials.user().id().toString())
            .orElseGet(() -> "address:" + fingerprints.of("audited address", account));
    return AuditEvent.about(AuditEvent.Kind.SIGN_IN_FAILED, subject, origin);
  }

  private Credentials renewed(Credentials credentials, Password password, Trust standing) {
    User user = credentials.user();
    try {
      PasswordHash next = hasher.hash(password, standing);
      boolean stored = users.rehash(user.id(), credentials.passwordHash(), next);
      return stored ? new Credentials(user, next) : credentials;
    } catch (Unavailable postponed) {
      // The next sign-in finds it outdated again; this one needs no second hash to succeed.
      return credentials;
    }
  }

  private static String bounded(String notAnAddress) {
    return notAnAddress.substring(0, Math.min(notAnAddress.length(), MAX_NAME));
  }

  private static Optional<EmailAddress> parse(String email) {
    try {
      return Optional.of(EmailAddress.parse(email));
    } catch (InvalidFields notAnAddress) {
      return Optional.empty();
    }
  }
}
