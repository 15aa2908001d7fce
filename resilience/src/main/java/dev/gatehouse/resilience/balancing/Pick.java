package dev.gatehouse.resilience.balancing;

/// What a balancer picks: an instance, or explicitly none.
public sealed interface Pick<T extends Target> permits Upstream, NoUpstream {}
