package dev.gatehouse.app.architecture.violating.accounts.signin;

import dev.gatehouse.app.architecture.violating.accounts.user.ForeignUser;
import dev.gatehouse.app.architecture.violating.postgres.LoudTable;

/// A use case that knows a table.
public record ImpatientUseCase(LoudTable table, ForeignUser user) {}
