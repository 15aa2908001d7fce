package dev.gatehouse.resilience.balancing;

/// What a balancer answers: somewhere to send the request, or, said explicitly, nowhere.
public sealed interface Pick<T extends Target> permits Upstream, NoUpstream {}
