package dev.gatehouse.app.architecture.violating.hashing;

import dev.gatehouse.app.architecture.violating.postgres.LoudTable;
import java.util.List;

/// A hasher that knows a table, which closes a circle.
public record KnowingHasher(List<LoudTable> tables) {}
