package dev.gatehouse.app.architecture.violating.gateway;

import dev.gatehouse.app.architecture.violating.accounts.user.ForeignUser;

/// A route through the gateway that knows an account.
public record KnowingRoute(ForeignUser user) {}
