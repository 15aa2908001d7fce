/// The circuit breaker.
package dev.gatehouse.resilience.breaker;
