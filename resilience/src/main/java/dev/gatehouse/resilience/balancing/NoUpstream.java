package dev.gatehouse.resilience.balancing;

/// There is nothing to pick.
///
/// @param reason why
public record NoUpstream<T extends Target>(Reason reason) implements Pick<T> {
  /// Why there is nothing to pick.
  public enum Reason {
    /// The list of instances is empty.
    NO_INSTANCES,
    /// There are instances, and the caller accepts none of them.
    NONE_ACCEPTED
  }
}
