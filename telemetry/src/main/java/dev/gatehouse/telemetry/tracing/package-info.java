/// Spans of sampled requests, sent to an OpenTelemetry collector. Not loaded without one:
/// everything here is reached through the listeners of the other modules, which are given none
/// then.
@NullMarked
package dev.gatehouse.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
