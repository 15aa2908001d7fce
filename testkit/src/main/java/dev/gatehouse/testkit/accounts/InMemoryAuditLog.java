package dev.gatehouse.testkit.accounts;

import dev.gatehouse.accounts.audit.AuditEvent;
import dev.gatehouse.accounts.audit.AuditLog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// An audit log for assertions.
public final class InMemoryAuditLog implements AuditLog {
  private final List<AuditEvent> events = new CopyOnWriteArrayList<>();

  @Override
  public void record(AuditEvent event) {
    events.add(event);
  }

  /// The recorded events, oldest first.
  public List<AuditEvent> events() {
    return List.copyOf(events);
  }

  /// The kinds of the recorded events, oldest first.
  public List<AuditEvent.Kind> kinds() {
    return events.stream().map(AuditEvent::kind).toList();
  }
}
