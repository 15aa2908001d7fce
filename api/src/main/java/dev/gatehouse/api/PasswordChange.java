package dev.gatehouse.api;

/// The body of a change of password.
record PasswordChange(String current, String next) {
  @Override
  public String toString() {
    return "PasswordChange[redacted]";
  }
}
