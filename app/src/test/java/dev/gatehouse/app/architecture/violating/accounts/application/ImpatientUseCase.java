package dev.gatehouse.app.architecture.violating.accounts.application;

import dev.gatehouse.app.architecture.violating.accounts.model.ForeignUser;
import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A use case that knows a table.
public record ImpatientUseCase(LoudTable table, ForeignUser user) {}
