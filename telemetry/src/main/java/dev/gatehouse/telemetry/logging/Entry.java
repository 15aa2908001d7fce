package dev.gatehouse.telemetry.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.gatehouse.http.RequestContext;
import dev.gatehouse.http.observation.AccessLine;
import org.jspecify.annotations.Nullable;

/// An event with the request of its thread.
record Entry(ILoggingEvent event, @Nullable RequestContext request) {
  /// Must be called on the thread that logs.
  static Entry of(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    return new Entry(event, RequestContext.currentOrNull());
  }

  /// The fields of the access log, if the event belongs to it.
  @Nullable AccessLine access() {
    Object[] arguments = event.getArgumentArray();
    return arguments != null && arguments.length == 1 && arguments[0] instanceof AccessLine line
        ? line
        : null;
  }
}
