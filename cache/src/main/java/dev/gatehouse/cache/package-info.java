/// The cache: its contract, its implementations, and the synchronisation between instances.
@NullMarked
package dev.gatehouse.cache;

import org.jspecify.annotations.NullMarked;
