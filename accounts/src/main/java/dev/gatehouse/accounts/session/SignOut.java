package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.accounts.id.SessionId;
import dev.gatehouse.accounts.id.UserId;
import dev.gatehouse.errors.Unavailable;
import java.util.List;

/// Ends sessions; their tokens are refused from then on. Thread-safe.
public final class SignOut {
  private final Sessions sessions;
  private final Revocations revocations;
  private final AuditLog audit;

  public SignOut(Sessions sessions, Revocations revocations, AuditLog audit) {
    this.sessions = sessions;
    this.revocations = revocations;
    this.audit = audit;
  }

  /// Ends one session of the user. Ending it again changes nothing.
  ///
  /// @return whether it was live
  /// @throws Unavailable when the store cannot serve
  public boolean end(UserId user, SessionId session, Origin origin) {
    boolean ended = sessions.end(user, session);
    if (ended) {
      revocations.add(List.of(session));
      audit.record(AuditEvent.by(AuditEvent.Kind.SESSION_ENDED, user, origin));
    }
    return ended;
  }

  /// Ends all sessions of the user.
  ///
  /// @throws Unavailable when the store cannot serve
  public void endAll(UserId user, Origin origin) {
    revocations.add(sessions.endAll(user));
    audit.record(AuditEvent.by(AuditEvent.Kind.ALL_SESSIONS_ENDED, user, origin));
  }
}
