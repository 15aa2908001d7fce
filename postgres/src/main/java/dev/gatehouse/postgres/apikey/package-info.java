/// API keys on PostgreSQL.
@NullMarked
package dev.gatehouse.postgres.apikey;

import org.jspecify.annotations.NullMarked;
