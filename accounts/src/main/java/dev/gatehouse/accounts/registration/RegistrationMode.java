package dev.gatehouse.accounts.registration;

/// Who may register through the API. Operators always can, at the command line.
public enum RegistrationMode {
  OPEN,
  CLOSED
}
