/// Tables that instances follow in the order of transactions.
@NullMarked
package dev.gatehouse.postgres.feed;

import org.jspecify.annotations.NullMarked;
