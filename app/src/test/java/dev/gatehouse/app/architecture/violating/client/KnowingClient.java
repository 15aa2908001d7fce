package dev.gatehouse.app.architecture.violating.client;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A library for applications that knows a table.
public record KnowingClient(LoudTable table) {}
