package dev.gatehouse.accounts.audit;

import dev.gatehouse.accounts.id.UserId;
import java.util.Locale;

/// Something that happened to the security of an account.
///
/// @param kind what
/// @param actor who did it: a user's id, an API key's id, `operator`, `gatehouse`, or `anonymous`
/// @param subject the account it happened to, or what was tried when there is none, or the limit
///     that was met, or the key that was made, or the file that was read or written; never a
///     secret
/// @param origin where the request came from
public record AuditEvent(Kind kind, String actor, String subject, Origin origin) {
  /// The most characters of actor and subject each.
  private static final int MAX_LENGTH = 128;

  public AuditEvent {
    actor = bounded(actor);
    subject = bounded(subject);
  }

  /// Users did something to their own account.
  public static AuditEvent by(Kind kind, UserId user, Origin origin) {
    return new AuditEvent(kind, user.toString(), user.toString(), origin);
  }

  /// Someone unknown did something to an account.
  public static AuditEvent about(Kind kind, UserId subject, Origin origin) {
    return about(kind, subject.toString(), origin);
  }

  /// Someone unknown tried something.
  ///
  /// @param subject a user's id, or a fingerprint of what was named
  public static AuditEvent about(Kind kind, String subject, Origin origin) {
    return new AuditEvent(kind, "anonymous", subject, origin);
  }

  private static String bounded(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }

  /// What can happen.
  public enum Kind {
    USER_REGISTERED,
    SIGN_IN_SUCCEEDED,
    SIGN_IN_FAILED,
    PASSWORD_CHECK_FAILED,
    SESSION_ENDED,
    ALL_SESSIONS_ENDED,
    REFRESH_TOKEN_REUSE,
    PASSWORD_CHANGED,
    EMAIL_CHANGED,
    EMAIL_VERIFIED,
    EMAIL_UNVERIFIED,
    USER_DELETED,
    USER_DISABLED,
    USER_ENABLED,
    ROLES_CHANGED,
    API_KEY_CREATED,
    API_KEY_REVOKED,
    SIGNING_KEY_ROTATED,
    USERS_IMPORTED,
    USERS_EXPORTED,
    BACKUP_WRITTEN,
    BACKUP_RESTORED,
    DATABASE_ACCEPTED,
    RATE_LIMITED;

    /// The event's name in logs and in the store.
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
