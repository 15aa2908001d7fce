package dev.gatehouse.app.architecture.violating.http.internal;

/// Part of the server that only its own module may use.
public final class Machinery {
  private Machinery() {}

  public static int parts() {
    return 1;
  }
}
