/// The versions of the schema.
@NullMarked
package dev.gatehouse.postgres.migration;

import org.jspecify.annotations.NullMarked;
