package dev.gatehouse.app.architecture.violating.postgres;

import dev.gatehouse.app.architecture.violating.tokens.KnowingTokens;

/// A table that knows tokens and speaks to the terminal.
public record LoudTable(KnowingTokens tokens) {
  public void shout() {
    System.out.println(tokens);
  }
}
