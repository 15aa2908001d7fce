/// A real PostgreSQL that lives and dies with the program, for anyone who has none to point it at.
@NullMarked
package dev.gatehouse.postgres.embedded;

import org.jspecify.annotations.NullMarked;
