/// The stores on PostgreSQL: pool, migrations, repositories.
@NullMarked
package dev.gatehouse.postgres;

import org.jspecify.annotations.NullMarked;
