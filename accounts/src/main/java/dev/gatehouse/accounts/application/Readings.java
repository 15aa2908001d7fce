package dev.gatehouse.accounts.application;

import dev.gatehouse.accounts.error.FieldError;
import dev.gatehouse.accounts.error.InvalidFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads values one after the other, so that all their faults are found and not the first alone.
final class Readings {
  private Readings() {}

  /// The value, or nothing and one or more faults.
  static <F, T> Optional<T> read(F given, Function<F, T> reader, List<FieldError> faults) {
    try {
      return Optional.of(reader.apply(given));
    } catch (InvalidFields invalid) {
      faults.addAll(invalid.errors());
      return Optional.empty();
    }
  }
}
