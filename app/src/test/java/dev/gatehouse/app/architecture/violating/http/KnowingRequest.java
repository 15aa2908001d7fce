package dev.gatehouse.app.architecture.violating.http;

import dev.gatehouse.app.architecture.violating.accounts.user.ForeignUser;

/// A request that knows an account.
public record KnowingRequest(ForeignUser user) {}
