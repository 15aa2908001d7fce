/// Sessions on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.session;

import org.jspecify.annotations.NullMarked;
