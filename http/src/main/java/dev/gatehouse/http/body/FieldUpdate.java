package dev.gatehouse.http.body;

import java.util.Optional;

/// What a PATCH does to one field, as in RFC 7396.
public sealed interface FieldUpdate<T> {
  /// The field is not in the body: leave it as it is.
  record Unchanged<T>() implements FieldUpdate<T> {}

  /// The field is null: take its value away.
  record Cleared<T>() implements FieldUpdate<T> {}

  /// The field has this new value.
  record Changed<T>(T value) implements FieldUpdate<T> {}

  /// The new value, if there is one.
  default Optional<T> newValue() {
    return switch (this) {
      case Changed<T>(T value) -> Optional.of(value);
      case Cleared<T> _, Unchanged<T> _ -> Optional.empty();
    };
  }

  /// Whether the field is in the body.
  default boolean mentioned() {
    return !(this instanceof Unchanged<T>);
  }
}
