package dev.gatehouse.app.config;

import java.util.List;

/// The configuration cannot be used. Carries every fault that was found, so that one run tells all.
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> faults;

  /// @param faults whole sentences, at least one, none repeating a secret
  public ConfigurationException(List<String> faults) {
    super(String.join("\n", faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /// The faults in the order of the declarations.
  public List<String> faults() {
    return faults;
  }
}
