package dev.gatehouse.http.tls;

/// What TLS 1.2 calls a new handshake on a connection that has had one: cheap to ask for, costly to
/// give.
public final class Renegotiation {
  private Renegotiation() {}

  /// Has this process end connections whose client asks for one. The JDK reads this once, when
  /// anything first speaks TLS, so it is to be said before.
  public static void refuse() {
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }
}
