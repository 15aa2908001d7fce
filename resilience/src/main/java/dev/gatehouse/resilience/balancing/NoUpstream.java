package dev.gatehouse.resilience.balancing;

/// The list of instances is empty.
public record NoUpstream<T extends Target>() implements Pick<T> {}
