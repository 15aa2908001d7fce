/// Background tasks that run at an interval and survive every failure.
package dev.gatehouse.resilience.periodic;
