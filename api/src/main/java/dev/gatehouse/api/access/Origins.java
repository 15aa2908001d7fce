package dev.gatehouse.api.access;

import dev.gatehouse.accounts.audit.Origin;
import dev.gatehouse.http.Request;

/// Where requests come from, as the audit log records it.
public final class Origins {
  private Origins() {}

  /// The origin of a request.
  public static Origin of(Request request) {
    return new Origin(request.clientAddress(), request.userAgent(), request.requestId());
  }
}
