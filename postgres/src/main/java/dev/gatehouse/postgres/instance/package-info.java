/// The instances that share a database.
@NullMarked
package dev.gatehouse.postgres.instance;

import org.jspecify.annotations.NullMarked;
