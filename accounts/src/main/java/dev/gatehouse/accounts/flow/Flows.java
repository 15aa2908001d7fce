package dev.gatehouse.accounts.flow;

import dev.gatehouse.accounts.id.FlowId;
import java.util.Optional;

/// The store of flows. All times are by the store's clock. Every method is atomic, blocks its
/// (virtual) thread, gives up at the store's time-outs with [dev.gatehouse.errors.Unavailable], and
/// is safe to call from any thread.
public interface Flows {
  /// How often the code of one flow may be tried.
  int TRIES = 5;

  /// After how many wrong codes in a row, over all flows of an address, its codes stop working. A
  /// completed flow of the address or a session opened after the last of them ends this.
  int FAILURES = 20;

  /// Adds a flow. Does the same work whether the address has an account or not.
  void begin(NewFlow flow);

  /// The flow, if it is neither used nor expired.
  Optional<Flow> find(FlowId id);

  /// Counts a try of the flow's code, for the flow and for its address, before the code is
  /// compared. Of any number of calls at once [#TRIES] are counted.
  CodeTry spendTry(FlowId id);

  /// Takes back a counted try whose code was right but did not complete the flow, such as one with
  /// a password that the policy rejects.
  void giveBack(FlowId id);

  /// Uses the flow and does its effect, both or neither. Wrong codes of the address are forgotten.
  /// Of any number of calls at once one succeeds.
  ///
  /// @return the account afterwards; empty, and nothing is changed, when the flow is used or
  ///     expired, or its address has no active account
  /// @throws dev.gatehouse.errors.Refusal `EMAIL_TAKEN`, and nothing is changed, when another
  ///     account has the address to which this one would move
  Optional<CompletedFlow> complete(FlowId id, FlowEffect effect);
}
