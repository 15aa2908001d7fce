/// Users on PostgreSQL, and the feed of changed users.
@NullMarked
package dev.gatehouse.postgres.user;

import org.jspecify.annotations.NullMarked;
