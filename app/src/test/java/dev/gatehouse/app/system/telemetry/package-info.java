/// What a running instance and a gateway tell of themselves: spans, logs and metrics, from outside.
@NullMarked
package dev.gatehouse.app.system.telemetry;

import org.jspecify.annotations.NullMarked;
