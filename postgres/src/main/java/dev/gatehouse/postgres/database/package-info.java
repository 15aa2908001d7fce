/// The connection pool, statements and what the server's errors mean.
@NullMarked
package dev.gatehouse.postgres.database;

import org.jspecify.annotations.NullMarked;
