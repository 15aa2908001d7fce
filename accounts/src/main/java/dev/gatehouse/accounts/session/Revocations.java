package dev.gatehouse.accounts.session;

import dev.gatehouse.accounts.id.SessionId;
import java.util.Collection;

/// The sessions that have ended while access tokens for them may still be valid. In memory; neither
/// method waits. Thread-safe.
public interface Revocations {
  /// Whether tokens of this session are refused.
  boolean contains(SessionId session);

  /// Takes note that sessions have ended: refused here from now on. Other instances learn of it
  /// from the store.
  void add(Collection<SessionId> sessions);
}
