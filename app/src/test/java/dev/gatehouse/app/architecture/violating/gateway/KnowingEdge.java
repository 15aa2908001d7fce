package dev.gatehouse.app.architecture.violating.gateway;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// An edge that knows a table.
public record KnowingEdge(LoudTable table) {}
