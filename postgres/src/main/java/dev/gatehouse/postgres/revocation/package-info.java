/// Ending sessions, and the feed of ended sessions that every instance follows.
@NullMarked
package dev.gatehouse.postgres.revocation;

import org.jspecify.annotations.NullMarked;
