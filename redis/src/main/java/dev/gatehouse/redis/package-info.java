/// Access to Redis with timeouts and a circuit breaker, for parts that also work without it.
@NullMarked
package dev.gatehouse.redis;

import org.jspecify.annotations.NullMarked;
