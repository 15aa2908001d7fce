/// A collector of traces, for tests.
@NullMarked
package dev.gatehouse.testkit.otlp;

import org.jspecify.annotations.NullMarked;
