package dev.gatehouse.accounts.password;

/// A password's stored form, a PHC string. It must never leave the service, so its text form is
/// redacted and only [#encoded()] gives it away.
///
/// @param encoded the PHC string
public record PasswordHash(String encoded) {
  @Override
  public String toString() {
    return "PasswordHash[redacted]";
  }
}
