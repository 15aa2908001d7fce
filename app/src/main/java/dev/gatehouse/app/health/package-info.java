/// Whether this instance is alive, and whether it should be sent requests.
@NullMarked
package dev.gatehouse.app.health;

import org.jspecify.annotations.NullMarked;
