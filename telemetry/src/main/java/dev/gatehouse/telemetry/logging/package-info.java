/// Structured logs: text for people, JSON for collectors, written by one thread for which no
/// request waits.
@NullMarked
package dev.gatehouse.telemetry.logging;

import org.jspecify.annotations.NullMarked;
