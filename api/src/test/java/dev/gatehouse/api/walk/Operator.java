package dev.gatehouse.api.walk;

/// Does what only the operator of a service can.
public interface Operator {
  /// Gives a user the role `admin`.
  void makeAdministrator(String userId);

  /// Makes an API key with one scope.
  ///
  /// @return what to send as the bearer token
  String createKey(String scope);
}
