/// Counters and timers of the other modules, for Prometheus. Names, labels and label values are a
/// contract with dashboards and alerts; the set of values is bounded, whatever clients send.
@NullMarked
package dev.gatehouse.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
