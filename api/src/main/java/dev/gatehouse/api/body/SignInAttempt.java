package dev.gatehouse.api.body;

/// The body of a sign-in.
public record SignInAttempt(String email, String password) {
  @Override
  public String toString() {
    return "SignInAttempt[redacted]";
  }
}
