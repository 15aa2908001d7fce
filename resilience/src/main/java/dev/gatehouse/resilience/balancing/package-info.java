/// Load balancing, outlier ejection and slow start.
package dev.gatehouse.resilience.balancing;
