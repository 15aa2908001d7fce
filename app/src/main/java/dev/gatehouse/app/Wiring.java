package dev.gatehouse.app;

import dev.gatehouse.app.config.Configuration;
import dev.gatehouse.app.health.Readiness;
import dev.gatehouse.app.lifecycle.Parts;

/// The inventory: every part, in the order in which it is started.
final class Wiring implements Program {
  @Override
  public Addresses serve(Configuration configuration, Parts parts, Readiness readiness) {
    throw new UnsupportedOperationException("nothing is wired yet");
  }

  @Override
  public int migrate(Configuration configuration, Parts parts, boolean onlyCheck) {
    throw new UnsupportedOperationException("nothing is wired yet");
  }
}
