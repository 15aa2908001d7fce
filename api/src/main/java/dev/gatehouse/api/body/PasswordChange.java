package dev.gatehouse.api.body;

/// The body of a change of password.
public record PasswordChange(String current, String next) {
  @Override
  public String toString() {
    return "PasswordChange[redacted]";
  }
}
