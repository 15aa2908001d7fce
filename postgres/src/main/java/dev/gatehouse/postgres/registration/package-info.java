/// Idempotency records on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.registration;

import org.jspecify.annotations.NullMarked;
