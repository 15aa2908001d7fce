/// Cleanup of rows that have expired.
@NullMarked
package dev.gatehouse.postgres.cleanup;

import org.jspecify.annotations.NullMarked;
