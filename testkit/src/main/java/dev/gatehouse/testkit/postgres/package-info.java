/// Files of PostgreSQL servers, for tests.
@NullMarked
package dev.gatehouse.testkit.postgres;

import org.jspecify.annotations.NullMarked;
