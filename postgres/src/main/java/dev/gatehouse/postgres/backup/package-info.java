/// The whole database as one file, and back.
@NullMarked
package dev.gatehouse.postgres.backup;

import org.jspecify.annotations.NullMarked;
