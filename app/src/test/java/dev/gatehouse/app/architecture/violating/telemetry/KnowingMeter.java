package dev.gatehouse.app.architecture.violating.telemetry;

import dev.gatehouse.app.architecture.violating.tokens.KnowingTokens;

/// A meter that knows tokens.
public record KnowingMeter(KnowingTokens tokens) {}
