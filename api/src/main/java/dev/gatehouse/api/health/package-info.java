/// Whether this instance lives, and whether it should be sent requests.
@NullMarked
package dev.gatehouse.api.health;

import org.jspecify.annotations.NullMarked;
