package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.password.PasswordHash;

/// What a flow does to the account of its address, in the transaction that consumes it.
public sealed interface FlowEffect {
  /// The address counts as verified.
  record VerifyEmail() implements FlowEffect {}

  /// The account has another password and a verified address; all its sessions end, and its other
  /// flows are void.
  record ResetPassword(PasswordHash next) implements FlowEffect {}
}
