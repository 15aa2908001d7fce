/// Start in order, stop in reverse, within the grace.
@NullMarked
package dev.gatehouse.app.lifecycle;

import org.jspecify.annotations.NullMarked;
