package dev.gatehouse.hashing.argon2;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The parameters of a PHC string, such as `m=65536,t=3,p=4`: numbers without leading zeros, in any
/// order, since the order differs between libraries.
public final class PhcParameters {
  /// The pattern of the parameters.
  public static final String SHAPE =
      "((?:[a-z]{1,2}=[1-9][0-9]{0,6},){0,3}[a-z]{1,2}=[1-9][0-9]{0,6})";

  private final Map<String, Integer> values;

  private PhcParameters(Map<String, Integer> values) {
    this.values = values;
  }

  /// Parses the parameters.
  ///
  /// @param text of the parameters
  /// @param required the names that must be present
  /// @param allowed the names that may be present
  /// @return empty when a name is missing, unknown or repeated
  public static Optional<PhcParameters> read(
      String text, Set<String> required, Set<String> allowed) {
    Map<String, Integer> values = new HashMap<>();
    for (String parameter : text.split(",", -1)) {
      int equals = parameter.indexOf('=');
      String name = parameter.substring(0, equals);
      boolean known = required.contains(name) || allowed.contains(name);
      if (!known || values.put(name, Integer.valueOf(parameter.substring(equals + 1))) != null) {
        return Optional.empty();
      }
    }
    return values.keySet().containsAll(required)
        ? Optional.of(new PhcParameters(values))
        : Optional.empty();
  }

  /// The same, with required names only.
  public static Optional<PhcParameters> read(String text, Set<String> required) {
    return read(text, required, Set.of());
  }

  /// The value of a parameter; 0 when it is missing.
  public int get(String name) {
    return values.getOrDefault(name, 0);
  }
}
