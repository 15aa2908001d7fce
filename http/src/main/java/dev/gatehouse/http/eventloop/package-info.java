/// The event loops that servers and clients run on, how other threads wait for them, and the log of
/// unexpected exceptions on them.
@NullMarked
package dev.gatehouse.http.eventloop;

import org.jspecify.annotations.NullMarked;
