package dev.gatehouse.accounts.registration;

/// What an idempotency key represents at a moment.
public sealed interface IdempotencyState {
  /// Nothing that counts any more, or ever did.
  record Unused() implements IdempotencyState {}

  /// Some instance is working on a request under the key, or crashed a moment ago while it was.
  record Claimed() implements IdempotencyState {}

  /// A request under the key has made a user.
  record Registered(IdempotencyRecord registration) implements IdempotencyState {}
}
