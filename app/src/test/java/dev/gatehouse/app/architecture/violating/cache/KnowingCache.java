package dev.gatehouse.app.architecture.violating.cache;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A cache that knows a table.
public record KnowingCache(LoudTable table) {}
