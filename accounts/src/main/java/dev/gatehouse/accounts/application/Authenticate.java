package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.error.InvalidFields;
import dev.gatehouse.accounts.error.Refusal;
import dev.gatehouse.accounts.error.Unavailable;
import dev.gatehouse.accounts.model.AuditEvent;
import dev.gatehouse.accounts.model.AuditLog;
import dev.gatehouse.accounts.model.Credentials;
import dev.gatehouse.accounts.model.EmailAddress;
import dev.gatehouse.accounts.model.Fingerprints;
import dev.gatehouse.accounts.model.Origin;
import dev.gatehouse.accounts.model.Password;
import dev.gatehouse.accounts.model.PasswordHash;
import dev.gatehouse.accounts.model.PasswordHasher;
import dev.gatehouse.accounts.model.PasswordHasher.Standing;
import dev.gatehouse.accounts.model.SignInHistory;
import dev.gatehouse.accounts.model.SignInLimits;
import dev.gatehouse.accounts.model.User;
import dev.gatehouse.accounts.model.UserId;
import dev.gatehouse.accounts.model.Users;
import java.util.Optional;

/// Decides whether somebody is who they say they are, by password. Unknown, wrong, disabled and
/// over-long all get the same refusal after the same work, so that neither answer nor time tells
/// which addresses have an account. What fails is put on record. Thread-safe.
public final class Authenticate {
  private static final int MAX_NAME = 256;

  private final Users users;
  private final PasswordHasher hasher;
  private final SignInHistory history;
  private final SignInLimits limits;
  private final Fingerprints fingerprints;
  private final AuditLog audit;

  public Authenticate(
      Users users,
      PasswordHasher hasher,
      SignInHistory history,
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
    String account = address.map(EmailAddress::compared).orElseGet(() -> bounded(email));
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
    String account = found.user().email().compared();
    return check(Optional.of(found), account, new Password(password), origin)
        .orElseThrow(
            () ->
                refused(
                    found.user().active() ? Refusal.wrongPassword() : Refusal.invalidToken(),
                    AuditEvent.by(AuditEvent.Kind.PASSWORD_CHECK_FAILED, id, origin)));
  }

  private Optional<Credentials> check(
      Optional<Credentials> found, String account, Password password, Origin origin) {
    Standing standing = history.standing(account, origin.ip());
    if (found.isEmpty() || password.tooLong()) {
      hasher.verifyNothing(standing);
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

  /// An address without an account may be anybody's, or a password typed into the wrong field: of it
  /// only a fingerprint is put on record, enough to see the same one tried again.
  private AuditEvent failedSignIn(Optional<Credentials> found, String account, Origin origin) {
    String subject =
        found
            .map(credentials -> credentials.user().id().toString())
            .orElseGet(() -> "address:" + fingerprints.of("audited address", account));
    return AuditEvent.about(AuditEvent.Kind.SIGN_IN_FAILED, subject, origin);
  }

  private Credentials renewed(Credentials credentials, Password password, Standing standing) {
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
