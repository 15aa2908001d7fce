package dev.gatehouse.app.architecture.violating.api;

import dev.gatehouse.app.architecture.violating.http.internal.Machinery;

/// Reaches into the server.
final class MeddlingResource {
  private MeddlingResource() {}

  static int parts() {
    return Machinery.parts();
  }
}
