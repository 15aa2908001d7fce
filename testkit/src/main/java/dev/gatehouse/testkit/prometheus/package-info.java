/// The installed Prometheus and its `promtool`.
@NullMarked
package dev.gatehouse.testkit.prometheus;

import org.jspecify.annotations.NullMarked;
