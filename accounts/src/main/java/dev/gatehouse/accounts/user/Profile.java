package dev.gatehouse.accounts.user;

import dev.gatehouse.errors.FieldError;
import dev.gatehouse.errors.InvalidFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What users say about themselves. Every field is optional and has a textual form. Requests,
/// responses, files, cache entries and SQL use [Field], so that a field is added here alone.
/// Immutable.
///
/// @param displayName the name to show
public record Profile(Optional<DisplayName> displayName) {
  /// A profile without values.
  public static final Profile EMPTY = stored(_ -> Optional.empty());

  /// The fields in the order in which they are written; a new one comes last.
  public enum Field {
    /// The name to show.
    DISPLAY_NAME("display_name");

    private final String label;

    Field(String label) {
      this.label = label;
    }

    /// The name in JSON and in files, and of the column.
    public String label() {
      return label;
    }
  }

  /// The value of a field as it is stored and written.
  public Optional<String> text(Field field) {
    return switch (field) {
      case DISPLAY_NAME -> displayName.map(DisplayName::value);
    };
  }

  /// A profile of stored values, which are not validated again.
  ///
  /// @param source is asked for each field once, in their order
  public static <X extends Exception> Profile stored(Source<X> source) throws X {
    return new Profile(source.text(Field.DISPLAY_NAME).map(DisplayName::new));
  }

  /// A profile of values that a client or a file gives.
  ///
  /// @throws InvalidFields naming every field at fault
  static Profile parse(Function<Field, Optional<String>> written) {
    var faults = new ArrayList<FieldError>();
    var profile = new Profile(read(written.apply(Field.DISPLAY_NAME), DisplayName::parse, faults));
    if (!faults.isEmpty()) {
      throw InvalidFields.of(faults);
    }
    return profile;
  }

  /// This profile with some fields of another one.
  Profile with(Set<Field> fields, Profile other) {
    return stored(field -> (fields.contains(field) ? other : this).text(field));
  }

  private static <T> Optional<T> read(
      Optional<String> written, Function<String, T> parser, List<FieldError> faults) {
    return written.flatMap(text -> FieldValidation.read(text, parser, faults));
  }

  /// Reads stored values.
  @FunctionalInterface
  public interface Source<X extends Exception> {
    /// The stored value of a field, if it has one.
    Optional<String> text(Field field) throws X;
  }
}
