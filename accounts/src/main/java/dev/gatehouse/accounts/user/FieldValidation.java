package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads values one after the other, so that all their faults are found and not the first alone.
public final class FieldValidation {
  private FieldValidation() {}

  /// The value, or nothing and one or more faults.
  public static <F, T> Optional<T> read(F given, Function<F, T> reader, List<FieldError> faults) {
    try {
      return Optional.of(reader.apply(given));
    } catch (InvalidFields invalid) {
      faults.addAll(invalid.errors());
      return Optional.empty();
    }
  }
}
