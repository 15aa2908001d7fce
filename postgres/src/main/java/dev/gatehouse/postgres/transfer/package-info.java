/// Import and export of users on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.transfer;

import org.jspecify.annotations.NullMarked;
