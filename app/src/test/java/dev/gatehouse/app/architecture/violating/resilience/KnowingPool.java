package dev.gatehouse.app.architecture.violating.resilience;

import dev.gatehouse.app.architecture.violating.http.InjectedServer;

/// A pool that knows the server.
public record KnowingPool(InjectedServer server) {}
