package dev.gatehouse.errors;

import java.util.Optional;

/// An expected "no": the request was understood and the rules refuse it. Carries no stack trace,
/// since it says nothing about the program and may be thrown at the rate an attacker chooses.
public final class Refusal extends GatehouseException {
  private static final long serialVersionUID = 1L;

  /// A refusal with a code and one sentence for the client.
  public Refusal(ErrorCode code, String detail) {
    super(code, detail, Optional.empty(), false);
  }

  /// Sign-in refused. One and the same response whatever the reason, so that it tells no one which
  /// addresses have an account.
  public static Refusal invalidCredentials() {
    return new Refusal(
        ErrorCode.INVALID_CREDENTIALS, "The email address or the password is wrong.");
  }

  /// What a signed-in person gave as the current password is not it. The access token is good:
  /// another one would change nothing.
  public static Refusal wrongPassword() {
    return new Refusal(ErrorCode.WRONG_PASSWORD, "The current password is wrong.");
  }

  /// The access or refresh token is not one of ours, is altered, expired or revoked.
  public static Refusal invalidToken() {
    return new Refusal(ErrorCode.INVALID_TOKEN, "The token is invalid, expired or revoked.");
  }

  /// No such thing, or none the caller may know of.
  public static Refusal notFound() {
    return new Refusal(ErrorCode.NOT_FOUND, "There is nothing at this address.");
  }

  /// The flow is unknown, used or expired, which are one and the same to the client.
  public static Refusal flowExpired() {
    return new Refusal(
        ErrorCode.FLOW_EXPIRED, "The code or link has expired or was used; begin again.");
  }

  /// The operator lets no one register.
  public static Refusal registrationClosed() {
    return new Refusal(ErrorCode.REGISTRATION_CLOSED, "New accounts are not accepted here.");
  }

  /// Another account holds the email address.
  public static Refusal emailTaken() {
    return new Refusal(ErrorCode.EMAIL_TAKEN, "The email address already has an account.");
  }

  /// Without this user there would be no active administrator.
  public static Refusal lastAdministrator() {
    return new Refusal(
        ErrorCode.LAST_ADMINISTRATOR,
        "This is the last active administrator; make another user an administrator first.");
  }

  /// The thing changed since the caller read it.
  public static Refusal staleVersion() {
    return new Refusal(
        ErrorCode.STALE_VERSION, "It was changed in the meantime; read it again and repeat.");
  }
}
