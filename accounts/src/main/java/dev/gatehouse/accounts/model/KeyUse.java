package dev.gatehouse.accounts.model;

/// What an idempotency key stands for at a moment.
public sealed interface KeyUse {
  /// Nothing that counts any more, or ever did.
  record Unused() implements KeyUse {}

  /// Some instance is working on a request under the key, or crashed a moment ago while it was.
  record Claimed() implements KeyUse {}

  /// A request under the key has made a user.
  record Registered(Registration registration) implements KeyUse {}
}
