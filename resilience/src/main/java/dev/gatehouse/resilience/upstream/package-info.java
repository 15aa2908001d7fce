/// Calls to the instances of a service: endpoints, attempts, retries.
package dev.gatehouse.resilience.upstream;
