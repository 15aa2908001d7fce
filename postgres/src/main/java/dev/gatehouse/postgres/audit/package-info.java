/// The audit log on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.audit;

import org.jspecify.annotations.NullMarked;
