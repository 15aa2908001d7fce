package dev.gatehouse.app.system.telemetry;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives the tests of this package the one [Observed] they share, which ends with the last of all
/// tests.
final class ObservedExtension implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType().equals(Observed.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    return test.getRoot()
        .getStore(ExtensionContext.Namespace.GLOBAL)
        .computeIfAbsent(Observed.class, _ -> start(), Observed.class);
  }

  private static Observed start() {
    try {
      return Observed.start();
    } catch (Exception failure) {
      throw new IllegalStateException("the observed instance does not start", failure);
    }
  }
}
