package dev.gatehouse.app.architecture.violating.tokens;

import dev.gatehouse.app.architecture.violating.hashing.KnowingHasher;

/// Tokens that know the hasher.
public record KnowingTokens(KnowingHasher hasher) {}
