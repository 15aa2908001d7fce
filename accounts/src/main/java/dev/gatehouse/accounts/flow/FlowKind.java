package dev.gatehouse.accounts.flow;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a flow proves, and how long its two secrets are valid.
public enum FlowKind {
  /// The owner of an account receives mail at its address.
  VERIFY_EMAIL(Duration.ofMinutes(15), Duration.ofHours(24)),
  /// The owner of an account receives mail at the address it is to have.
  CHANGE_EMAIL(Duration.ofMinutes(15), Duration.ofHours(24)),
  /// The owner of an account sets a new password without the old one.
  RESET_PASSWORD(Duration.ofMinutes(10), Duration.ofMinutes(30)),
  /// The owner of an account signs in without a password.
  SIGN_IN(Duration.ofMinutes(10), Duration.ofMinutes(10)),
  /// An invited person registers.
  INVITATION(Duration.ZERO, Duration.ofDays(7)),
  /// The owner of an account takes back a change of its address.
  UNDO_EMAIL_CHANGE(Duration.ZERO, Duration.ofDays(3)),
  /// A person registers after proving the address.
  REGISTER(Duration.ofMinutes(15), Duration.ofHours(24));

  private final Duration code;
  private final Duration link;

  FlowKind(Duration code, Duration link) {
    this.code = code;
    this.link = link;
  }

  /// The name in the API and in the store.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The kind of this label.
  public static Optional<FlowKind> of(String label) {
    return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
  }

  /// Whether the mail carries a code besides the link.
  public boolean hasCode() {
    return code.isPositive();
  }

  /// How long the code is valid; zero for a kind without one. Never longer than the link.
  public Duration codeValidity() {
    return code;
  }

  /// How long the link is valid, and with it the flow.
  public Duration linkValidity() {
    return link;
  }
}
