/// What the other modules tell, counted and timed, for Prometheus to fetch. The names, their labels
/// and the values of these are a contract with dashboards and alerts; every set of values is
/// bounded, whatever clients send.
@NullMarked
package dev.gatehouse.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
