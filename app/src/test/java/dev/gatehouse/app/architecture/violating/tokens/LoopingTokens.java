package dev.gatehouse.app.architecture.violating.tokens;

/// Repeats work on a thread that it makes itself.
final class LoopingTokens {
  private LoopingTokens() {}

  static Thread start(Runnable refresh) {
    return Thread.ofVirtual().start(refresh);
  }
}
