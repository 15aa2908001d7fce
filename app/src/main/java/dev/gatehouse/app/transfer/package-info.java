/// Files of users, as NDJSON and as CSV: one user a line.
@NullMarked
package dev.gatehouse.app.transfer;

import org.jspecify.annotations.NullMarked;
