@NullMarked
package dev.gatehouse.telemetry.tracing;

import org.jspecify.annotations.NullMarked;
