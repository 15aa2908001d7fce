package dev.gatehouse.app.architecture.violating.redis;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A way to Redis that knows a table.
public record KnowingLink(LoudTable table) {}
