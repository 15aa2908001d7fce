@NullMarked
package dev.gatehouse.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
