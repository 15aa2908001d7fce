package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.password.PasswordHash;

/// What a flow does to the account of its address, in the transaction that consumes it.
public sealed interface FlowEffect {
  /// The address counts as verified.
  record VerifyEmail() implements FlowEffect {}

  /// The account has another password and a verified address; all its sessions end, and its other
  /// flows are void. Those that undo a change of address remain: an attacker who moved the account
  /// must not take them from its owner.
  record ResetPassword(PasswordHash next) implements FlowEffect {}

  /// The account that began the flow moves to the address of the flow, which counts as verified.
  record ChangeEmail() implements FlowEffect {}

  /// The account that is named by the flow moves back to the address of the flow, which counts as
  /// verified, and has another password; all its sessions end, and its other flows are void. Of the
  /// flows that undo a change, later ones are void and earlier ones remain: the earliest belongs to
  /// the owner.
  record UndoEmailChange(PasswordHash next) implements FlowEffect {}

  /// Whether the account must have the address of the flow before it.
  default boolean keepsAddress() {
    return switch (this) {
      case VerifyEmail _, ResetPassword _ -> true;
      case ChangeEmail _, UndoEmailChange _ -> false;
    };
  }
}
