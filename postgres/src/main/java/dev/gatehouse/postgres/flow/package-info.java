/// The store of flows on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.flow;

import org.jspecify.annotations.NullMarked;
