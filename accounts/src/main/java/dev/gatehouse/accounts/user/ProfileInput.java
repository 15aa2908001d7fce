package dev.gatehouse.accounts.user;

import dev.gatehouse.accounts.user.Profile.Field;
import dev.gatehouse.errors.InvalidFields;
import java.util.Map;
import java.util.Optional;

/// Fields of a profile as a client or a file gives them, not validated yet. Immutable.
///
/// @param fields what each field that is given becomes, empty to clear it
public record ProfileInput(Map<Field, Optional<String>> fields) {
  /// No field is given.
  public static final ProfileInput NONE = new ProfileInput(Map.of());

  public ProfileInput {
    fields = Map.copyOf(fields);
  }

  /// One field is given.
  public static ProfileInput of(Field field, Optional<String> value) {
    return new ProfileInput(Map.of(field, value));
  }

  /// The value that is given for a field, if any.
  public Optional<String> text(Field field) {
    return fields.getOrDefault(field, Optional.empty());
  }

  /// The update for which the fields ask.
  ///
  /// @throws InvalidFields naming every field at fault
  public ProfileUpdate validated() {
    return new ProfileUpdate(fields.keySet(), Profile.parse(this::text));
  }

  @Override
  public String toString() {
    return "ProfileInput[redacted]";
  }
}
