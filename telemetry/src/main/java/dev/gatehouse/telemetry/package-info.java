/// Metrics, logs, and traces where a collector is configured.
@NullMarked
package dev.gatehouse.telemetry;

import org.jspecify.annotations.NullMarked;
