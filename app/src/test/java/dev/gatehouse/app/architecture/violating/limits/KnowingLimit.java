package dev.gatehouse.app.architecture.violating.limits;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A limit that knows a table.
public record KnowingLimit(LoudTable table) {}
