package dev.gatehouse.accounts.flow;

/// What a person brings from the mail of a flow.
public sealed interface FlowProof {
  /// The code, typed.
  record Code(FlowCode code) implements FlowProof {}

  /// The token of the link, opened in another browser than the one that began the flow, or in
  /// none. It proves the mailbox but not the person: programs that scan mail open links too.
  record Link(LinkToken token) implements FlowProof {}
}
