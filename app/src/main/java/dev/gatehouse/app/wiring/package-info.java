/// The parts of the program, in the order in which they start.
@NullMarked
package dev.gatehouse.app.wiring;

import org.jspecify.annotations.NullMarked;
