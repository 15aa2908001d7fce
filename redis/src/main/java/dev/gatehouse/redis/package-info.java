/// The way to Redis: connections, time-outs and a circuit breaker for everything that likes to use
/// Redis and can do without.
@NullMarked
package dev.gatehouse.redis;

import org.jspecify.annotations.NullMarked;
