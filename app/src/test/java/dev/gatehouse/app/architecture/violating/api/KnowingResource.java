package dev.gatehouse.app.architecture.violating.api;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A resource that knows a table.
public record KnowingResource(LoudTable table) {}
