/// Spans of sampled requests, sent to an OpenTelemetry collector. Without a collector these classes
/// are not loaded, because the other modules then have no listener from here.
@NullMarked
package dev.gatehouse.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
