/// The cache: its contract, its forms, and what keeps the caches of many instances true.
@NullMarked
package dev.gatehouse.cache;

import org.jspecify.annotations.NullMarked;
