/// The edge: takes requests from clients, passes each on to an instance that is well, and repeats
/// elsewhere what failed and is safe to repeat.
@NullMarked
package dev.gatehouse.gateway;

import org.jspecify.annotations.NullMarked;
