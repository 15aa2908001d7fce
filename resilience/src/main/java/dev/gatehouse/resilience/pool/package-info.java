/// The bounded worker pool with deadline-aware admission.
package dev.gatehouse.resilience.pool;
