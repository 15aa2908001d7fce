/// Signing keys and other server keys on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.token;

import org.jspecify.annotations.NullMarked;
