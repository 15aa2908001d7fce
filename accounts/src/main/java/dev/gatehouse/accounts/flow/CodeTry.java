package dev.gatehouse.accounts.flow;

/// What became of a try of a code. It is counted before the code is compared, so that parallel
/// guesses cannot exceed the limits.
public sealed interface CodeTry {
  /// The code may be compared.
  ///
  /// @param triesLeft of this flow, without this one
  record Counted(Flow flow, int triesLeft) implements CodeTry {}

  /// Codes of the address do not work after [Flows#FAILURES] wrong ones in a row; links do.
  ///
  /// @param triesLeft of this flow, without this one
  record Blocked(int triesLeft) implements CodeTry {}

  /// The flow has no tries left; its link works.
  record Exhausted() implements CodeTry {}

  /// There is no such flow, it is used, or its code has expired.
  record Gone() implements CodeTry {}
}
