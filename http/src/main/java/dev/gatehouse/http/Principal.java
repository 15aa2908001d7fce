package dev.gatehouse.http;

/// The identity of a caller, as an [Authenticator] establishes it. The server does not look into
/// it; resources and guards do.
public interface Principal {
  /// A caller who is not identified, or does not need to be.
  Principal ANONYMOUS = new Anonymous();

  /// The one without an identity.
  record Anonymous() implements Principal {}
}
