package dev.gatehouse.api;

/// The body of a sign-in.
record SignInAttempt(String email, String password) {
  @Override
  public String toString() {
    return "SignInAttempt[redacted]";
  }
}
