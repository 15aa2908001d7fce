/// What the program tells of itself: metrics always, spans where a collector is configured, and
/// logs.
@NullMarked
package dev.gatehouse.telemetry;

import org.jspecify.annotations.NullMarked;
