/// Structured logs: text for people, JSON for collectors, written by one thread that no request
/// ever waits for.
@NullMarked
package dev.gatehouse.telemetry.logging;

import org.jspecify.annotations.NullMarked;
